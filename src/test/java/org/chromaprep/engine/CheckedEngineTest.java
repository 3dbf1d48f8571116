package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CheckedEngineTest {
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
    private static final Grid GRID = new Grid(32, 32);

    private static Engine open(String name) {
        return Engines.open(new EngineChoice(name, "cpu", "fp32", 1), PLAN, NaiveVgg.randomWeights(1, Vgg16.CONV1_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch"})
    void whatWasClosedThrowsWhenItIsUsedAndNotWhenItIsClosedAgain(String name) {
        var engine = open(name);
        var worker = engine.newWorker();
        var features = engine.newFrameFeatures(GRID);
        var other = engine.newFrameFeatures(GRID);
        var matrix = features.matrix();
        worker.forward(Frames.random(32, 32, 3), features);
        features.close();
        features.close();
        var planes = new float[GRID.pixels()];
        isClosed(features::matrix);
        isClosed(() -> features.map(Vgg16.CONV1_1));
        isClosed(() -> matrix.times(new float[64], 1, planes));
        isClosed(() -> matrix.gather(new int[] {1}, new float[64]));
        isClosed(() -> worker.forward(Frames.random(32, 32, 3), features));
        worker.close();
        worker.close();
        isClosed(() -> worker.forward(Frames.random(32, 32, 3), other));
        engine.close();
        engine.close();
        isClosed(engine::newWorker);
        isClosed(() -> engine.newFrameFeatures(GRID));
        isClosed(other::matrix);
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "pytorch"})
    void aWorkerDoesNotOutliveItsEngine(String name) {
        var engine = open(name);
        var worker = engine.newWorker();
        var features = engine.newFrameFeatures(GRID);
        engine.close();

        isClosed(() -> worker.forward(Frames.random(32, 32, 3), features));
        worker.close();
        features.close();
    }

    private static void isClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    static Stream<Arguments> decorated() throws ClassNotFoundException {
        return Stream.of(
                Arguments.of(Engine.class, CheckedEngine.class),
                Arguments.of(ForwardWorker.class, Class.forName(CheckedEngine.class.getName() + "$Worker")),
                Arguments.of(FrameFeatures.class, CheckedFeatures.class),
                Arguments.of(HypercolumnMatrix.class, Class.forName(CheckedFeatures.class.getName() + "$Matrix")));
    }

    /** A default method that was not passed on would hide what the engine does better. */
    @ParameterizedTest
    @MethodSource("decorated")
    void everyMethodIsPassedOn(Class<?> type, Class<?> decorator) {
        var own = Arrays.stream(decorator.getDeclaredMethods())
                .map(CheckedEngineTest::signature)
                .toList();

        assertThat(Arrays.stream(type.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(CheckedEngineTest::signature))
                .allMatch(own::contains);
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
