package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.chromaprep.colorize.Evaluator;
import org.chromaprep.evaluate.EvaluationFiles;
import org.chromaprep.files.OutputException;

/** What an evaluation comes to, as files and as a table on the terminal. */
final class EvaluationTable {
    private EvaluationTable() {}

    /** Writes an evaluation and prints a line for each way to colour. */
    static void write(Path folder, Evaluator.Scores scores, Messages messages) throws OutputException {
        EvaluationFiles.write(folder, scores.evaluation(), scores.frames());
        messages.tell(String.format(
                Locale.ROOT,
                "%-10s %8s %8s %10s %9s %13s %8s %8s",
                "way",
                "rmse",
                "psnr ab",
                "CIEDE2000",
                "psnr rgb",
                "colourfulness",
                "CDC*1000",
                "flicker"));
        scores.evaluation()
                .film()
                .forEach((way, each) -> messages.tell(String.format(
                        Locale.ROOT,
                        "%-10s %8.2f %8.2f %10.2f %9.2f %13.1f %8.2f %8.2f",
                        way,
                        each.rmse(),
                        each.psnrAb(),
                        each.ciede2000(),
                        each.psnrRgb(),
                        each.colourfulness(),
                        each.cdc(),
                        each.flicker())));
        messages.tell("see " + folder.resolve(EvaluationFiles.PAGE));
    }
}
