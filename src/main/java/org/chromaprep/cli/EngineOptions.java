package org.chromaprep.cli;

import java.util.List;
import java.util.Optional;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import picocli.CommandLine.Option;

/** The options of every command that runs a network: its weights, and what computes. */
final class EngineOptions {
    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--preprocess",
            paramLabel = "HOW",
            description = "caffe, raw or torch. Default: what the weights were trained on.")
    Optional<String> preprocess = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = "the hash of what was read is recorded instead")
    @Option(
            names = "--weights",
            defaultValue = "auto",
            paramLabel = "WHICH",
            description = "auto, a file or folder, or random[:SEED]. Default: ${DEFAULT-VALUE}")
    String weights = "";

    @Setting(decides = Decides.NOTHING, because = "what is fetched is checked by its hash")
    @Option(
            names = {"--from", "--weights-from"},
            split = ",",
            paramLabel = "URL_OR_FILE",
            description =
                    "Where auto fetches weights before it asks their official home: addresses or folders of mirrors, or"
                            + " files, with commas between them.")
    List<String> weightsFrom = List.of();

    @Setting(decides = Decides.NOTHING, because = "which engine computed is recorded among the versions")
    @Option(
            names = "--engine",
            defaultValue = "auto",
            paramLabel = "NAME",
            completionCandidates = EngineNames.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    String engine = "";

    @Setting(decides = Decides.NOTHING, because = "where it was computed is recorded among the versions")
    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "auto, cpu or cuda. Default: ${DEFAULT-VALUE}")
    String device = "";

    @Setting(decides = Decides.NOTHING, because = "it is recorded among the versions")
    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "NAME",
            description = "fp32, bf16 or fp16. Default: ${DEFAULT-VALUE}")
    String precision = "";

    /** The front door, where the engine, the device and the precision are those that are asked for. */
    ChromaPrep.Builder door() {
        return ChromaPrep.builder().engine(engine).device(device).precision(precision);
    }

    /** A sentence of advice about the precision that is asked for, if there is something to say. */
    Optional<String> advice() {
        return Engines.advice(new EngineChoice(engine, device, precision, 1));
    }
}
