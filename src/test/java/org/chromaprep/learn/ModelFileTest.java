package org.chromaprep.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chromaprep.learn.Target.ColourClasses;
import org.chromaprep.learn.Target.HueAndChroma;
import org.chromaprep.learn.Target.Regression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    @TempDir
    private Path temporary;

    private static Model model(Target target, List<String> order) {
        var named = new LinkedHashMap<String, String>();
        var numbers = new LinkedHashMap<String, Double>();
        order.forEach(name -> {
            named.put(name, "of " + name);
            numbers.put(name, (double) name.length());
        });
        return new Model(
                List.of(Heads.random(6, 4, target, 1), Heads.random(6, 4, target, 2)),
                new ModelFacts(List.of("conv1_1"), "caffe", "cd34", List.of(32, 48), named, named, numbers, "1"));
    }

    @Test
    void aModelIsReadAsItWasWritten() throws Exception {
        for (var target : List.of(
                new Regression(3, -4), new ColourClasses(new float[] {1, 2, 3, 4}, 0.38f), new HueAndChroma(5, 90))) {
            var model = model(target, List.of("seed"));
            var file = temporary.resolve(target.getClass().getSimpleName() + ".npz");
            ModelFile.write(file, model);
            var read = ModelFile.read(file);
            assertThat(read.facts()).isEqualTo(model.facts());
            assertThat(read.heads().get(1).target()).isEqualTo(target);
            assertThat(ModelFile.toBytes(read))
                    .isEqualTo(ModelFile.toBytes(model))
                    .isEqualTo(Files.readAllBytes(file));
        }
    }

    /** Maps of the Java library have another order in each process: what a resumed run writes again must not. */
    @Test
    void theOrderOfItsFactsDoesNotChangeItsBytes() {
        var target = new Regression(3, -4);
        assertThat(ModelFile.toBytes(model(target, List.of("seed", "flow", "steps"))))
                .isEqualTo(ModelFile.toBytes(model(target, List.of("steps", "flow", "seed"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 700, 1000})
    void aModelThatIsCutShortIsRefused(int bytes) throws Exception {
        var file = Files.write(
                temporary.resolve("cut.npz"),
                Arrays.copyOf(ModelFile.toBytes(model(new Regression(3, -4), List.of("seed"))), bytes));
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cut.npz")
                .hasMessageEndingWith("train it again.");
    }

    @Test
    void factsCannotBeChanged() {
        var facts = model(new Regression(3, -4), List.of("seed")).facts();
        for (Map<String, ?> map : List.of(facts.settings(), facts.metrics(), facts.learnedFrom())) {
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
