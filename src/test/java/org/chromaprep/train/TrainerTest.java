package org.chromaprep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.learn.Target;
import org.chromaprep.learn.fit.FitException;
import org.chromaprep.learn.fit.FitSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class TrainerTest {
    private static final String[] PARTS = {"a", "train", "b", "train", "c", "val", "d", "test"};

    @TempDir
    private Path temporary;

    private static TrainSettings settings(TrainSettings.Kind kind, int steps) {
        return new TrainSettings(kind, 2, new FitSettings(16, steps, 64, 5e-3, 1e-4, 3), 20, 100, 30, 0.5, 0.38);
    }

    private static Trainer.Outcome train(
            Path data, Path model, TrainSettings settings, List<Check> checks, BooleanSupplier stop) throws Exception {
        var listener = new Trainer.Listener() {
            @Override
            public void begins(int step, double grey, double mean) {
                assertThat(grey).isPositive();
                assertThat(mean).isPositive();
            }

            @Override
            public void checked(Check check) {
                checks.add(check);
            }
        };
        return new Trainer(TrainingData.open(data), settings, "test", listener, stop).run(model, false);
    }

    private static Trainer.Outcome train(Path data, Path model, TrainSettings settings) throws Exception {
        return train(data, model, settings, new ArrayList<>(), () -> false);
    }

    @ParameterizedTest
    @EnumSource(TrainSettings.Kind.class)
    void whatFollowsFromTheFeaturesIsLearned(TrainSettings.Kind kind) throws Exception {
        var data = MadeSet.in(temporary).withHistograms().build(PARTS);
        var checks = new ArrayList<Check>();
        var model = train(data, temporary.resolve("model"), settings(kind, 400), checks, () -> false)
                .model()
                .orElseThrow();
        var worth = Worth.of(model.facts());
        assertThat(worth.part()).isEqualTo("test");
        assertThat(worth.model()).as(worth.verdict()).isLessThan(0.5 * worth.mean());
        assertThat(worth.mean()).isLessThan(worth.grey());
        assertThat(worth.verdict())
                .doesNotContain("worse")
                .contains(String.format(Locale.ROOT, "grey %.2f", worth.grey()));
        assertThat(checks).hasSize(20);
        assertThat(checks.get(19).step()).isEqualTo(400);
        assertThat(Files.readAllLines(temporary.resolve("model/metrics.jsonl")))
                .hasSize(20)
                .allSatisfy(line ->
                        assertThat(Json.MAPPER.readValue(line, Check.class)).isIn(checks));
        assertThat(model.facts().layers()).containsExactly("conv1_1");
        assertThat(model.facts().weights()).isEqualTo("cd34");
        assertThat(model.facts().learnedFrom())
                .containsEntry("data_set", TrainingData.open(data).sha256());
        assertThat(Files.readString(temporary.resolve("model/index.html")))
                .contains("<svg")
                .contains("grey")
                .contains("cd34");
    }

    /** a* is 80 u - 40 and b* 40 v of even u, v: their mean squares are known. */
    @Test
    void greyAndTheMeanColourAreScoredAsIsKnown() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        var worth = Worth.of(train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 20))
                .model()
                .orElseThrow()
                .facts());
        assertThat(worth.grey()).isCloseTo(Math.sqrt((6400 / 12.0 + 1600 / 3.0) / 2), within(0.7));
        assertThat(worth.mean()).isCloseTo(Math.sqrt((6400 / 12.0 + 1600 / 12.0) / 2), within(0.7));
    }

    @Test
    void aStoppedTrainingContinuesToTheSameModel() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        var settings = settings(TrainSettings.Kind.REGRESSION, 100);
        train(data, temporary.resolve("whole"), settings);

        var asked = new int[1];
        var first = train(data, temporary.resolve("stopped"), settings, new ArrayList<>(), () -> ++asked[0] > 53);
        assertThat(first.model()).isEmpty();
        assertThat(Files.exists(temporary.resolve("stopped/model.npz"))).isFalse();
        asked[0] = 0;
        assertThat(train(data, temporary.resolve("stopped"), settings, new ArrayList<>(), () -> ++asked[0] > 25)
                        .model())
                .isEmpty();
        train(data, temporary.resolve("stopped"), settings);

        for (var name : List.of("model.npz", "metrics.jsonl", "index.html", "train.json")) {
            assertThat(temporary.resolve("stopped").resolve(name))
                    .hasSameBinaryContentAs(temporary.resolve("whole").resolve(name));
        }
    }

    @Test
    void aTrainingThatIsDoneIsFoundDone() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        var settings = settings(TrainSettings.Kind.REGRESSION, 20);
        var model = train(data, temporary.resolve("model"), settings).model().orElseThrow();
        var checks = new ArrayList<Check>();
        assertThat(ModelFile.toBytes(train(data, temporary.resolve("model"), settings, checks, () -> false)
                        .model()
                        .orElseThrow()))
                .isEqualTo(ModelFile.toBytes(model));
        assertThat(checks).isEmpty();
    }

    @Test
    void theHeadsOfTheBestCheckAreKept() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        // A rate that is far too high: what the first checks reach is lost again.
        var settings = new TrainSettings(
                TrainSettings.Kind.REGRESSION, 1, new FitSettings(8, 200, 64, 0.5, 1e-4, 3), 5, 4, 30, 0.5, 0.38);
        var checks = new ArrayList<Check>();
        var model = train(data, temporary.resolve("model"), settings, checks, () -> false)
                .model()
                .orElseThrow();
        var best = checks.stream()
                .filter(Check::best)
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(model.facts().metrics())
                .containsEntry("val_best_step", (double) best.step())
                .containsEntry("val_best_rmse", best.rmse());
        assertThat(checks.get(checks.size() - 1).best()).isFalse();
        assertThat(checks.get(checks.size() - 1).step())
                .isEqualTo(best.step() + 4 * 5)
                .isLessThan(200);
    }

    @Test
    void whatIsWorseThanGreySaysSo() throws Exception {
        assertThat(new Worth("test", 14.2, 12.5, 13, Map.of()).verdict())
                .contains("grey 12.50")
                .contains("worse than leaving everything grey");
        assertThat(new Worth("test", 12, 12.5, 11, Map.of()).verdict())
                .contains("worse than giving everything the mean colour");
    }

    @Test
    void aModelOfPublishedClassesHasThese() throws Exception {
        var data = MadeSet.in(temporary).with("bins", "published").build(PARTS);
        var model = train(data, temporary.resolve("model"), settings(TrainSettings.Kind.CLASSES, 20))
                .model()
                .orElseThrow();
        assertThat(((Target.ColourClasses) model.heads().get(0).target()).outputs())
                .isEqualTo(313);
    }

    @Test
    void dataSetsOfNoUseAreRefused() throws Exception {
        assertThatThrownBy(() -> TrainingData.open(temporary))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("no data set");
        refused("one", set -> set.build("a", "train"), "of one film");
        refused("grey", set -> set.withoutColours().build(PARTS), "have no colours to learn");
        refused("no val", set -> set.build("a", "train", "b", "train", "d", "test"), "no samples in val");
        refused("no train", set -> set.build("a", "val", "b", "val"), "no samples in train");
        refused("no network", set -> set.with("layers", "none").build(PARTS), "no hypercolumns");
    }

    private interface Building {
        void build(MadeSet set) throws Exception;
    }

    private void refused(String name, Building building, String why) throws Exception {
        var out = Files.createDirectory(temporary.resolve(name));
        building.build(MadeSet.in(out));
        assertThatThrownBy(() -> TrainingData.open(out))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith(".");
    }

    @Test
    void histogramsAreNotLearnedFromASetWithout() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), settings(TrainSettings.Kind.HISTOGRAMS, 20)))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("process the films with histograms");
    }

    @Test
    void featuresThatAreNoNumbersAreNamed() throws Exception {
        var data = MadeSet.in(temporary).broken(Float.NaN).build(PARTS);
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 20)))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("not a finite number")
                .hasMessageContaining("a_000000");
    }

    @Test
    void aFitThatExplodesIsNamed() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        var wild = new TrainSettings(
                TrainSettings.Kind.REGRESSION, 1, new FitSettings(16, 60, 64, 1e38, 0, 3), 20, 100, 30, 0.5, 0.38);
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), wild))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("lower rate");
        assertThat(Files.exists(temporary.resolve("model/model.npz"))).isFalse();
    }

    @Test
    void aShardThatIsNotAsItWasWrittenIsNamed() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        var shard = temporary.resolve("dataset/train-000000.tar");
        Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 5000));
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 20)))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("train-000000.tar")
                .hasMessageContaining("verify");
    }

    @Test
    void aFolderWithAnotherModelIsLeftAlone() throws Exception {
        var data = MadeSet.in(temporary).build(PARTS);
        train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 20));
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 40)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("`steps` 20, not 40")
                .hasMessageContaining("`overwrite`");
        Files.writeString(temporary.resolve("model/train.json"), "{");
        assertThatThrownBy(() -> train(data, temporary.resolve("model"), settings(TrainSettings.Kind.REGRESSION, 20)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("train.json");
    }
}
