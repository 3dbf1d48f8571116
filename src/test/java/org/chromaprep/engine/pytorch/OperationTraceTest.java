package org.chromaprep.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.engine.Device;
import org.chromaprep.engine.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class OperationTraceTest {
    @TempDir
    private Path temporary;

    @BeforeAll
    static void load() {
        Natives.load();
    }

    private interface Work {
        void with(Tensor one, Tensor other, Tensor result);
    }

    @SuppressWarnings("try")
    private OperationTrace.Counts counts(Work work) throws IOException {
        try (var scope = new PointerScope();
                var inference = new InferenceMode(true)) {
            var one = torch.rand(32, 32);
            var other = torch.rand(32, 32);
            var result = torch.rand(32, 32);
            try (var trace = new OperationTrace(temporary.resolve("trace.json"))) {
                work.with(one, other, result);
                return trace.end();
            }
        }
    }

    @Test
    void anOperationIntoATensorThatIsThereIsALaunchAlone() throws Exception {
        assertThat(counts((one, other, result) -> {
                    torch.add_out(result, one, other);
                    torch.mm_out(result, one, other);
                    one.copy_(other);
                    torch.sum_out(result.select(0, 0), one, new long[] {0}, false, new ScalarTypeOptional());
                }))
                .isEqualTo(new OperationTrace.Counts(4, 4, 0, 0));
    }

    @Test
    void aNewTensorIsAnAllocationToo() throws Exception {
        assertThat(counts((one, other, result) -> one.mul(other).to(ScalarType.Double)))
                .isEqualTo(new OperationTrace.Counts(2, 2, 2, 0));
        assertThat(counts((one, other, result) -> torch.matmul(one.unsqueeze(0), other)))
                .isEqualTo(new OperationTrace.Counts(1, 1, 1, 0));
        assertThat(counts((one, other, result) -> torch.empty(3))).isEqualTo(new OperationTrace.Counts(0, 0, 1, 0));
    }

    @Test
    void aViewIsNothing() throws Exception {
        assertThat(counts((one, other, result) ->
                        one.narrow(0, 1, 3).t().unsqueeze(0).reshape(1, 32, 3)))
                .isEqualTo(new OperationTrace.Counts(0, 0, 0, 0));
    }

    @Test
    void aMarkedSequenceIsOneLaunch() throws Exception {
        var placement = new Placement(Device.CPU, Precision.FP32);
        try (var stream = new DeviceStream(placement, new DeviceTraffic(), true)) {
            assertThat(counts((one, other, result) -> {
                        var sequence = new MarkedSequences().of(stream, () -> {
                            torch.add_out(result, one, other);
                            torch.mm_out(result, one, other);
                            torch.abs_out(result, result);
                        });
                        torch.abs_out(result, one);
                        sequence.run();
                        sequence.run();
                    }))
                    .isEqualTo(new OperationTrace.Counts(3, 7, 0, 0));
        }
    }

    @Test
    void aNumberThatIsReadIsSeen() throws Exception {
        assertThat(counts((one, other, result) -> one.select(0, 0).select(0, 0).item_float())
                        .reads())
                .isEqualTo(1);
    }

    @Test
    void whatOtherThreadsDoCounts() throws Exception {
        assertThat(counts((one, other, result) -> {
                            var thread = new Thread(() -> one.add(other).close());
                            thread.start();
                            try {
                                thread.join();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .launches())
                .isEqualTo(1);
    }
}
