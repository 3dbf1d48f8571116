package org.chromaprep.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.PixelChoice.Sampling;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.pipeline.settings.PictureChoice.Border;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.LightChoice;
import org.chromaprep.video.ReadingOptions;

/** Turns the options that matter to training data into settings. Throws {@link UsageException} on what makes no sense. */
final class TrainingReader {
    private static final String SOURCE = "source";
    private static final Pattern AREA = Pattern.compile("(\\d{1,5})x(\\d{1,5})\\+(\\d{1,5})\\+(\\d{1,5})");

    private static final List<PictureChoice.Fields> DEINTERLACE =
            List.of(PictureChoice.Fields.AUTO, PictureChoice.Fields.ALWAYS, PictureChoice.Fields.NONE);

    private final TrainingOptions options;

    TrainingReader(TrainingOptions options) {
        this.options = options;
    }

    PictureChoice pictures() {
        var area = area();
        var border = area.isPresent() ? Border.AREA : options.crop.equals("auto") ? Border.AUTO : Border.NONE;
        return new PictureChoice(
                border, area, fields(), oneOf("--tinted", options.tinted, "include", "exclude"), lumaSide(), reading());
    }

    private PictureChoice.Fields fields() {
        var choice = Choices.named("--deinterlace", options.deinterlace, DEINTERLACE, TrainingReader::lower);
        if (!options.inverseTelecine) {
            return choice;
        }
        if (choice != PictureChoice.Fields.AUTO) {
            throw new UsageException("--inverse-telecine says what is done with fields, and so does --deinterlace "
                    + options.deinterlace + "; give one of them.");
        }
        return PictureChoice.Fields.TELECINED;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Which track of a film is read, and what its numbers are taken for. */
    private ReadingOptions reading() {
        return new ReadingOptions(
                Choices.named("--light", options.light, List.of(LightChoice.values()), TrainingReader::lower),
                options.videoTrack.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                options.frameRate.map(text -> Quantities.rate("--frame-rate", text)),
                decoder());
    }

    DecoderChoice decoder() {
        return options.decoder
                .map(text -> Choices.named("--decoder", text, List.of(DecoderChoice.values()), TrainingReader::lower))
                .orElse(DecoderChoice.SOFTWARE);
    }

    FrameChoice frames() {
        return new FrameChoice(
                options.perScene.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                minChange().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                oneOf("--blank", options.blank, "skip", "keep"));
    }

    PixelChoice pixels() {
        var names = Arrays.stream(Sampling.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(options.sampling)) {
            throw new UsageException("--sampling takes " + String.join(", ", names) + ", not '" + options.sampling
                    + "'; " + NearestName.hint(options.sampling, names) + ".");
        }
        return new PixelChoice(
                Sampling.valueOf(options.sampling.toUpperCase(Locale.ROOT)),
                options.sampleMargin,
                oneOf("--bins", options.bins, "published", "gamut") ? AbBins.Classes.PUBLISHED : AbBins.Classes.GAMUT);
    }

    private OptionalInt lumaSide() {
        var text = options.lumaSize.orElse(SOURCE);
        if (text.equals(SOURCE)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new UsageException("--luma-size takes source or the pixels of the shorter side, not '" + text + "'.");
        }
    }

    OptionalInt project() {
        return options.project.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    // Off, for a configuration file may have set another number.
    private Optional<Integer> minChange() {
        return options.minChange.filter(bits -> bits != 0);
    }

    private Optional<CropArea> area() {
        if (options.crop.equals("none") || options.crop.equals("auto")) {
            return Optional.empty();
        }
        var match = AREA.matcher(options.crop);
        if (!match.matches()) {
            throw new UsageException(
                    "--crop takes none, auto or WxH+X+Y, as in 640x360+0+60, not '" + options.crop + "'.");
        }
        return Optional.of(new CropArea(
                Integer.parseInt(match.group(3)),
                Integer.parseInt(match.group(4)),
                Integer.parseInt(match.group(1)),
                Integer.parseInt(match.group(2))));
    }

    /** Whether it is the first of two values. */
    private static boolean oneOf(String option, String value, String first, String second) {
        if (!value.equals(first) && !value.equals(second)) {
            throw new UsageException(option + " takes " + first + " or " + second + ", not '" + value + "'; "
                    + NearestName.hint(value, List.of(first, second)) + ".");
        }
        return value.equals(first);
    }
}
