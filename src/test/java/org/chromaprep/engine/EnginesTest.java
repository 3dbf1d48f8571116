package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.ServiceLoader;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggWeights;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class EnginesTest {
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);

    @Test
    void everyEngineOfTheSourcesIsInstalledUnderANameOfItsOwn() {
        var engines = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.chromaprep.engine").stream()
                        .filter(type -> type.isAssignableTo(Engine.class) && !type.isInterface())
                        .map(JavaClass::getPackageName)
                        // There lies what decorates engines, and no engine.
                        .filter(name -> !name.equals(Engine.class.getPackageName()))
                        .toList();
        var providers = ServiceLoader.load(EngineProvider.class).stream()
                .map(provider -> provider.type().getPackageName())
                .toList();

        assertThat(providers).containsExactlyInAnyOrderElementsOf(engines);
        assertThat(Engines.names())
                .startsWith(EngineChoice.AUTO)
                .doesNotHaveDuplicates()
                .hasSize(engines.size() + 1);
    }

    @ParameterizedTest
    @CsvSource({"tensorflow, auto, fp32", "auto, tpu, fp32", "auto, auto, fp64"})
    void anUnknownNameIsRefusedWithTheNamesThereAre(String engine, String device, String precision) {
        assertThatThrownBy(() -> Engines.open(
                        new EngineChoice(engine, device, precision, 1), PLAN, NaiveVgg.randomWeights(1, Vgg16.CONV1_1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes")
                .hasMessageNotContaining("null");
    }

    @ParameterizedTest
    @CsvSource({
        "auto, cpu, fp32",
        "winograd, cpu, fp32",
        "pytorch, cpu, bf16",
        "winograd, cuda, fp16",
        "tensorflow, tpu, fp64"
    })
    void preparingLeavesEveryRefusalToOpening(String engine, String device, String precision) {
        var choice = new EngineChoice(engine, device, precision, 1);
        var weights = NaiveVgg.randomWeights(1, Vgg16.CONV1_1);
        var reason = refusal(choice, weights);
        Engines.prepare(choice).close();

        assertThat(refusal(choice, weights)).isEqualTo(reason);
    }

    private static String refusal(EngineChoice choice, VggWeights weights) {
        try (var engine = Engines.open(choice, PLAN, weights)) {
            return "none: " + engine.description().name();
        } catch (EngineException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Test
    void whoAsksForSixteenBitsHearsWhereSinglePrecisionIsFaster() {
        Assumptions.assumeTrue(Processor.isX86() && !Processor.lacksAvx2(), "not measured elsewhere");
        Assumptions.assumeFalse(Processor.hasMatrixUnit(), "a processor with a unit for 16 bits");

        assertThat(Engines.advice(new EngineChoice("auto", "cpu", "bf16", 1)).orElseThrow())
                .startsWith("fp32 by the winograd engine is expected to be faster here than bf16")
                .endsWith("leave out `precision`.");
        assertThat(Engines.advice(new EngineChoice("pytorch", "cpu", "bf16", 1)).orElseThrow())
                .endsWith("leave out `precision` and `engine`.");
        assertThat(Engines.advice(new EngineChoice("auto", "cpu", "fp32", 1))).isEmpty();
        assertThat(Engines.advice(new EngineChoice("auto", "cuda", "bf16", 1))).isEmpty();
    }
}
