package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.inspect.report.Report;
import org.chromaprep.npy.NpyReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportTest {
    private static final String NAME = "<b>&\"name\".png";

    @TempDir
    private static Path folder;

    private static Inspection inspection;
    private static JsonNode json;
    private static String page;

    @BeforeAll
    static void write() throws Exception {
        inspection = Samples.inspection(NAME, Normalisation.NONE);
        Report.write(inspection, "1.2.3", folder);
        json = new ObjectMapper().readTree(folder.resolve("inspect.json").toFile());
        page = Files.readString(folder.resolve("inspect.html"));
    }

    private static float[] array(String name) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(name))) {
            return NpyReader.read(in, Integer.MAX_VALUE).values();
        }
    }

    @Test
    void thePageAsksNothingOfAnybody() {
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContainPattern("(?i)<script|<iframe|<object|@import|url\\(");
        var links = Pattern.compile("(?i)\\b(?:src|href|action)\\s*=\\s*\"([^\"]{0,12})")
                .matcher(page);
        assertThat(links.results().map(link -> link.group(1)).toList())
                .hasSizeGreaterThan(10)
                .allMatch(link -> link.startsWith("data:") || link.startsWith("#"));
        assertThat(page).doesNotContain("http:", "https:");
    }

    @Test
    void namesCannotBecomePartsOfThePage() {
        assertThat(page).doesNotContain("<b>").contains("&lt;b&gt;&amp;&quot;name&quot;.png");
    }

    @Test
    void randomWeightsAreAnnouncedOnThePageAndInTheNumbers() {
        assertThat(page).contains("UNTRAINED");
        assertThat(json.get("untrained").asBoolean()).isTrue();
        assertThat(json.get("weights").get("trained").asBoolean()).isFalse();
    }

    @Test
    void everyFigureIsAPictureAndOnThePage() throws IOException {
        var figures = json.get("figures");
        assertThat(figures)
                .extracting(JsonNode::asText)
                .contains(
                        "input.png",
                        "map-conv2_2-5.png",
                        "maps-conv1_2.png",
                        "average-conv1_2-conv2_2.png",
                        "average-pool1.png",
                        "clusters-k2.png",
                        "clusters-k4.png",
                        "elbow.png",
                        "similarity-31-7.png",
                        "similarity-0-0.png",
                        "embedding.png",
                        "inspect.png");
        for (var figure : figures) {
            var image = ImageIO.read(folder.resolve(figure.asText()).toFile());
            assertThat(image.getWidth()).as(figure.asText()).isBetween(300, 2000);
            assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
            if (!figure.asText().equals("inspect.png")) {
                assertThat(page).contains("<code>" + figure.asText() + "</code>");
            }
        }
    }

    @Test
    void theNumbersAreThoseThatWereFound() throws IOException {
        assertThat(json.get("chromaprep").asText()).isEqualTo("1.2.3");
        assertThat(json.get("source").get("name").asText()).isEqualTo(NAME);
        var average = json.get("averages").get(0).get("average");
        assertThat(average.get("mean").asDouble())
                .isCloseTo(inspection.averages().get(0).average().mean(), within(1e-9));
        assertThat(array(average.get("file").asText()))
                .containsExactly(inspection.averages().get(0).average().values());
        var partition = json.get("clusters").get("partitions").get(1);
        assertThat(partition.get("k").asInt()).isEqualTo(4);
        assertThat(partition.get("inertia").asDouble())
                .isEqualTo(inspection.clusters().asked().get(1).inertia());
        assertThat(array("centroids-k4.npy"))
                .containsExactly(inspection.clusters().asked().get(1).centroids());
        var luma = array(json.get("input").get("luma").asText());
        assertThat(luma[17]).isEqualTo(Samples.luma(Samples.GRID)[17] & 255);
        var labels = array("labels-k4.npy");
        for (int i = 0; i < labels.length; i++) {
            assertThat((int) labels[i])
                    .isEqualTo(inspection.clusters().asked().get(1).labels()[i]);
        }
        assertThat(json.get("layers").get(0).get("statistics").get("channel_means"))
                .hasSize(64);
        assertThat(json.get("no_predictions").asText()).contains("224x224");
        assertThat(json.get("predictions").isNull()).isTrue();
        assertThat(json.get("embedding").get("explained")).hasSize(3);
    }

    @Test
    void figuresOfAnEarlierInspectionGoAndNothingElse(@TempDir Path other) throws Exception {
        var inside = Files.createDirectories(other.resolve("inside"));
        for (var name : new String[] {"clusters-k9.png", "labels-k9.npy", "holiday.png", "../clusters-k3.png"}) {
            Files.writeString(inside.resolve(name), "x");
        }
        Files.writeString(
                inside.resolve("inspect.json"),
                "{\"figures\": [\"clusters-k9.png\", \"holiday.png\","
                        + " \"../clusters-k3.png\"], \"clusters\": {\"labels\": \"labels-k9.npy\"}}");

        Report.write(inspection, "1.2.3", inside);

        assertThat(inside.resolve("clusters-k9.png")).doesNotExist();
        assertThat(inside.resolve("labels-k9.npy")).doesNotExist();
        assertThat(inside.resolve("holiday.png")).exists();
        assertThat(other.resolve("clusters-k3.png")).exists();
        assertThat(inside.resolve("clusters-k2.png")).exists();
    }

    @Test
    void whereAFolderCannotBeMadeTheErrorNamesIt(@TempDir Path other) throws IOException {
        var file = Files.writeString(other.resolve("taken"), "");

        assertThatThrownBy(() -> Report.write(inspection, "1.2.3", file.resolve("out")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("taken")
                .hasMessageContaining("`out`");
    }
}
