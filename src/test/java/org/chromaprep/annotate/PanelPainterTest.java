package org.chromaprep.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PanelPainterTest {
    private static final int GREY = 0x646464;
    private static final GridPlacement CROPPED = new GridPlacement(0.21875, 0, 0.5625, 1);
    private static final GridPlacement LETTERBOXED = new GridPlacement(0, -0.3888888888888889, 1, 1.7777777777777778);

    @Test
    void aLabelLiesWhereItsGridPixelLiesInAStretchedPicture() {
        assertLabelLiesAt(GridPlacement.WHOLE, 16, 4, 10);
    }

    @Test
    void aLabelLiesWhereItsGridPixelLiesInACroppedPicture() {
        assertLabelLiesAt(CROPPED, 16, 4, 10);
    }

    @Test
    void aLabelLiesWhereItsGridPixelLiesInALetterboxedPicture() {
        assertLabelLiesAt(LETTERBOXED, 16, 5, 10);
    }

    @Test
    void besideACroppedGridThePanelsStayGrey() {
        var picture = new Picture(settings(Layout.PANELS, 320, 180, 16, CROPPED, 2));
        // The grid covers the panel's columns 70 to 249.
        for (var panel = 1; panel <= 2; panel++) {
            assertThat(picture.at(panel * 320 + 69, 50)).isEqualTo(GREY);
            assertThat(picture.at(panel * 320 + 70, 50)).isNotEqualTo(GREY);
            assertThat(picture.at(panel * 320 + 249, 50)).isNotEqualTo(GREY);
            assertThat(picture.at(panel * 320 + 250, 50)).isEqualTo(GREY);
        }
    }

    @Test
    void aLetterboxedGridCoversTheWholePanel() {
        var picture = new Picture(settings(Layout.PANELS, 320, 180, 16, LETTERBOXED, 2));
        for (var y : new int[] {0, 179}) {
            for (var x : new int[] {320, 639, 640, 959}) {
                assertThat(picture.at(x, y)).isNotEqualTo(GREY);
            }
        }
    }

    @Test
    void coloursAreLaidOverGreyFiftyFiveToFortyFive() {
        var picture = new Picture(settings(Layout.PANELS, 64, 64, 16, GridPlacement.WHOLE, 2));
        assertThat(picture.at(0, 0)).isEqualTo(GREY);
        assertThat(picture.at(64, 0)).isEqualTo(blend(100, 230) << 16 | blend(100, 159) << 8 | blend(100, 0));
    }

    @Test
    void heatGoesFromTheSmallestToTheGreatestVisibleValue() {
        var picture = new Picture(settings(Layout.PANELS, 64, 64, 2, GridPlacement.WHOLE, 2));
        picture.average = new float[] {-3, 5, -3, 5};
        picture.paint();
        assertThat(picture.at(128, 32)).isEqualTo(0x000004);
        assertThat(picture.at(191, 32)).isEqualTo(0xfcffa4);
        // Panel column 32 lies half a panel pixel, 1/64 of a grid pixel, right of the middle between the two values.
        var step = (int) ((0.5 + 1 / 64.0) * 256);
        assertThat(picture.at(160, 32)).isEqualTo(HeatColours.inferno().colour(step));
    }

    @Test
    void valuesInALetterboxsBarsDoNotChangeTheHeat() {
        var picture = new Picture(settings(Layout.PANELS, 320, 180, 16, LETTERBOXED, 2));
        for (var i = 0; i < picture.average.length; i++) {
            picture.average[i] = i % 7;
        }
        picture.paint();
        var before = picture.canvas.clone();
        Arrays.fill(picture.average, 0, 2 * 16, 1000);
        picture.paint();
        assertThat(picture.canvas).isEqualTo(before);
    }

    @Test
    void anAverageWithoutContrastIsDark() {
        var picture = new Picture(settings(Layout.PANELS, 64, 64, 4, GridPlacement.WHOLE, 2));
        Arrays.fill(picture.average, 7);
        picture.paint();
        assertThat(picture.at(150, 30)).isEqualTo(0x000004);
    }

    @Test
    void withoutClustersThePanelsAreSourceAndAverage() {
        var picture = new Picture(settings(Layout.PANELS, 64, 64, 4, GridPlacement.WHOLE, 0));
        picture.labels = new byte[0];
        picture.paint();
        assertThat(picture.painter.canvasWidth()).isEqualTo(128);
        assertThat(picture.at(63, 0)).isEqualTo(GREY);
        assertThat(picture.at(64, 0)).isEqualTo(0x000004);
    }

    @Test
    void withoutClustersAnOverlayIsTheSource() {
        var picture = new Picture(settings(Layout.OVERLAY, 64, 64, 4, GridPlacement.WHOLE, 0));
        Arrays.fill(picture.source, 0x123456);
        picture.paint();
        assertThat(Arrays.copyOf(picture.canvas, 64 * 64)).containsOnly(0x123456);
    }

    @Test
    void anOverlayHasTheSourcesSizeUpToAWidthOf3840() {
        var overlay = new PanelPainter(settings(Layout.OVERLAY, 1920, 1080, 224, GridPlacement.WHOLE, 2));
        assertThat(overlay.panelWidth()).isEqualTo(1920);
        assertThat(overlay.panelHeight()).isEqualTo(1080);
        var large = new PanelPainter(settings(Layout.OVERLAY, 7680, 4320, 224, GridPlacement.WHOLE, 2));
        assertThat(large.panelWidth()).isEqualTo(3840);
        assertThat(large.panelHeight()).isEqualTo(2160);
    }

    @Test
    void aPanelHasAtMostTwoAndAQuarterPixelsForEachOfTheGridsButNeverMoreThanTheSource() {
        assertThat(panelSize(1920, 1080, 224)).containsExactly(448, 252);
        assertThat(panelSize(1080, 1920, 224)).containsExactly(252, 448);
        assertThat(panelSize(1000, 1000, 224)).containsExactly(336, 336);
        assertThat(panelSize(1000, 1000, 32)).containsExactly(336, 336);
        assertThat(panelSize(1920, 1080, 448)).containsExactly(896, 504);
        assertThat(panelSize(200, 100, 224)).containsExactly(200, 100);
    }

    private static int[] panelSize(int width, int height, int grid) {
        var painter = new PanelPainter(settings(Layout.PANELS, width, height, grid, GridPlacement.WHOLE, 2));
        assertThat(painter.canvasWidth()).isEqualTo(3 * painter.panelWidth());
        return new int[] {painter.panelWidth(), painter.panelHeight()};
    }

    @Property(tries = 60)
    void everySizeGivesAnEvenCanvasThatIsPaintedInFull(
            @ForAll Layout layout,
            @ForAll @IntRange(min = 1, max = 700) int width,
            @ForAll @IntRange(min = 1, max = 500) int height,
            @ForAll @IntRange(min = 0, max = 3) int clusters) {
        var picture = new Picture(settings(layout, width, height, 7, CROPPED, clusters));
        assertThat(picture.painter.canvasWidth() % 2).isZero();
        assertThat(picture.painter.canvasHeight() % 2).isZero();
        Arrays.fill(picture.canvas, -1);
        picture.paint();
        assertThat(picture.canvas).doesNotContain(-1);
    }

    @Test
    void theCaptionShowsTimeFrameClustersAndLayers() {
        var settings = settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, 2);
        var picture = new Picture(settings);
        var caption = picture.caption();
        picture.seconds = 1.001;
        assertThat(picture.painted().caption()).isNotEqualTo(caption);
        picture.seconds = 1;
        picture.frame = 26;
        assertThat(picture.painted().caption()).isNotEqualTo(caption);
        picture.frame = 25;
        assertThat(picture.painted().caption()).isEqualTo(caption);
        assertThat(new Picture(settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, 3)).caption())
                .isNotEqualTo(caption);
        assertThat(new Picture(with(settings, "conv3_3", false)).caption()).isNotEqualTo(caption);
    }

    @Test
    void theCaptionMarksRandomWeights() {
        var settings = settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, 2);
        var trained = new Picture(settings).caption();
        var untrained = new Picture(with(settings, settings.layers(), true)).caption();
        // The mark has a ground of its own, the palette's orange, which the legend has for cluster 0, too.
        assertThat(orange(untrained)).isGreaterThan(orange(trained) + 500);
    }

    private static long orange(int[] pixels) {
        return Arrays.stream(pixels).filter(colour -> colour == 0xe69f00).count();
    }

    @Test
    void theLegendShowsEveryClustersColour() {
        for (var clusters : List.of(1, 5, 64)) {
            var caption = new Picture(settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, clusters)).caption();
            var palette = Palette.of(clusters);
            for (var cluster = 0; cluster < clusters; cluster++) {
                var colour = palette.colour(cluster);
                assertThat(Arrays.stream(caption).filter(each -> each == colour).count())
                        .as("cluster " + cluster)
                        .isGreaterThan(10);
            }
        }
    }

    @Test
    void panelsAreNamedWhereTheyBegin() {
        var painter = new PanelPainter(settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, 2));
        var picture = new Picture(settings(Layout.PANELS, 320, 180, 4, GridPlacement.WHOLE, 2));
        var caption = picture.caption();
        for (var panel = 0; panel < 3; panel++) {
            var left = panel * painter.panelWidth();
            var ink = 0;
            for (var row = 0; row < 9; row++) {
                for (var column = left; column < left + 40; column++) {
                    ink += (caption[row * painter.canvasWidth() + column] & 255) > 128 ? 1 : 0;
                }
            }
            assertThat(ink).as("panel " + panel).isGreaterThan(10);
        }
    }

    @Test
    void anOverlayWithoutACaptionHasTheFilmsSize() {
        for (var size : new int[][] {{3840, 2160}, {7680, 4320}, {64, 48}, {16, 16}}) {
            var painter = new PanelPainter(new PanelSettings(
                    Layout.OVERLAY, size[0], size[1], 4, 4, GridPlacement.WHOLE, 2, "conv1_1", true, false));
            assertThat(painter.canvasWidth()).isEqualTo(size[0]);
            assertThat(painter.canvasHeight()).isEqualTo(size[1]);
        }
    }

    @Test
    void withoutACaptionNothingIsBelowThePanels() {
        var painter = new PanelPainter(
                new PanelSettings(Layout.PANELS, 320, 180, 4, 4, GridPlacement.WHOLE, 2, "conv1_1", true, false));
        assertThat(painter.canvasHeight()).isEqualTo(painter.panelHeight());
    }

    @Test
    void aLongCaptionOnANarrowPictureTakesMoreLines() {
        var narrow = new PanelPainter(settings(Layout.OVERLAY, 160, 120, 4, GridPlacement.WHOLE, 2));
        var wide = new PanelPainter(settings(Layout.OVERLAY, 640, 120, 4, GridPlacement.WHOLE, 2));
        assertThat(narrow.canvasHeight()).isGreaterThan(wide.canvasHeight());
    }

    @Test
    void theSameFrameGivesTheSamePictureFromAnyPainter() {
        var settings = settings(Layout.PANELS, 321, 241, 9, LETTERBOXED, 5);
        var first = randomPicture(settings, 11);
        var other = randomPicture(settings, 12);
        var again = randomPicture(settings, 11);
        assertThat(again.canvas).isEqualTo(first.canvas).isNotEqualTo(other.canvas);
        again.paint();
        assertThat(again.canvas).isEqualTo(first.canvas);
    }

    @Test
    void arraysOfTheWrongSizeAreNamed() {
        var picture = new Picture(settings(Layout.PANELS, 64, 64, 4, GridPlacement.WHOLE, 2));
        picture.average = new float[15];
        assertThatThrownBy(picture::paint)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("average plane")
                .hasMessageContaining("15")
                .hasMessageContaining("16");
    }

    /** One grid pixel has label 1: the middle of its colour in the panel must be the pixel's middle in the picture. */
    private static void assertLabelLiesAt(GridPlacement place, int grid, int row, int column) {
        var picture = new Picture(settings(Layout.PANELS, 320, 180, grid, place, 2));
        picture.labels[row * grid + column] = 1;
        picture.paint();
        var colour = blend(100, 86) << 16 | blend(100, 180) << 8 | blend(100, 233);
        double sumX = 0;
        double sumY = 0;
        double count = 0;
        for (var y = 0; y < 180; y++) {
            for (var x = 0; x < 320; x++) {
                if (picture.at(320 + x, y) == colour) {
                    sumX += x + 0.5;
                    sumY += y + 0.5;
                    count++;
                }
            }
        }
        assertThat(sumX / count).isCloseTo((place.x() + place.width() * (column + 0.5) / grid) * 320, within(0.51));
        assertThat(sumY / count).isCloseTo((place.y() + place.height() * (row + 0.5) / grid) * 180, within(0.51));
        var area = place.width() * 320 / grid * place.height() * 180 / grid;
        assertThat(count).isCloseTo(area, within(area * 0.06));
    }

    private static int blend(int grey, int channel) {
        return (int) Math.round(0.55 * grey + 0.45 * channel);
    }

    private static PanelSettings settings(
            Layout layout, int width, int height, int grid, GridPlacement place, int clusters) {
        return new PanelSettings(layout, width, height, grid, grid, place, clusters, "conv1_2, conv2_2", false);
    }

    private static PanelSettings with(PanelSettings s, String layers, boolean untrained) {
        return new PanelSettings(
                s.layout(),
                s.sourceWidth(),
                s.sourceHeight(),
                s.gridHeight(),
                s.gridWidth(),
                s.placement(),
                s.clusters(),
                layers,
                untrained);
    }

    private static Picture randomPicture(PanelSettings settings, long seed) {
        var random = new Random(seed);
        var picture = new Picture(settings);
        Arrays.setAll(picture.source, i -> random.nextInt(1 << 24));
        for (var i = 0; i < picture.labels.length; i++) {
            picture.labels[i] = (byte) random.nextInt(settings.clusters());
            picture.average[i] = random.nextFloat();
        }
        return picture.painted();
    }

    /** A painter with its arrays, painted once over an even grey at one second, frame 25. */
    private static final class Picture {
        private final PanelPainter painter;
        private final int[] source;
        private final int[] canvas;
        private byte[] labels;
        private float[] average;
        private double seconds = 1;
        private long frame = 25;

        Picture(PanelSettings settings) {
            painter = new PanelPainter(settings);
            source = new int[painter.panelWidth() * painter.panelHeight()];
            Arrays.fill(source, GREY);
            canvas = new int[painter.canvasWidth() * painter.canvasHeight()];
            labels = new byte[settings.gridHeight() * settings.gridWidth()];
            average = new float[labels.length];
            paint();
        }

        void paint() {
            painter.paint(source, labels, average, seconds, frame, canvas);
        }

        Picture painted() {
            paint();
            return this;
        }

        int at(int x, int y) {
            return canvas[y * painter.canvasWidth() + x];
        }

        int[] caption() {
            return Arrays.copyOfRange(canvas, painter.panelHeight() * painter.canvasWidth(), canvas.length);
        }
    }
}
