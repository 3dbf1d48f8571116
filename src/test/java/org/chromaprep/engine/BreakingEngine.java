package org.chromaprep.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Breaks one call to an engine, or to what was made by it, as a native library does that finds no memory; and watches over what
 * was made: whether it is closed in the end, and never while somebody uses it or before.
 */
public final class BreakingEngine {
    /** What the broken call throws. */
    public static final class Broken extends OutOfMemoryError {
        private static final long serialVersionUID = 1;

        Broken(String call) {
            super(call);
        }
    }

    private static final Set<Class<?>> WATCHED =
            Set.of(Engine.class, ForwardWorker.class, FrameFeatures.class, HypercolumnMatrix.class);

    private final int broken;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Engine engine;
    private volatile @Nullable String brokenCall;

    /**
     * @param target that works; stays the caller's
     * @param broken the number of the call that fails, from 0 on
     */
    public BreakingEngine(Engine target, int broken) {
        this.broken = broken;
        engine = watch(Engine.class, target, Optional.empty());
    }

    /** The engine whose call breaks. */
    public Engine engine() {
        return engine;
    }

    /** The call that failed; empty where there were fewer. */
    public Optional<String> brokenCall() {
        return Optional.ofNullable(brokenCall);
    }

    /** What was made and not closed. */
    public Set<Object> open() {
        return open;
    }

    /** What was closed in use, or used after its end. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private <T> T watch(Class<T> type, Object target, Optional<Watch> owner) {
        var watch = new Watch(target, owner);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, watch));
    }

    private static Object unwrapped(Object argument) {
        if (argument instanceof List<?> list) {
            return list.stream().map(BreakingEngine::unwrapped).toList();
        }
        return Proxy.isProxyClass(argument.getClass()) && Proxy.getInvocationHandler(argument) instanceof Watch watch
                ? watch.target
                : argument;
    }

    private final class Watch implements InvocationHandler {
        private final Object target;
        private final Optional<Watch> owner;
        private final AtomicInteger users = new AtomicInteger();
        private volatile boolean isClosed;

        Watch(Object target, Optional<Watch> owner) {
            this.target = target;
            this.owner = owner;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(target, arguments);
            }
            if (method.getName().equals("close")) {
                close(method);
                return method.invoke(target);
            }
            if (calls.getAndIncrement() == broken) {
                brokenCall = method.toString();
                throw new Broken(brokenCall);
            }
            enter(method);
            try {
                return wrapped(method.getReturnType(), method.invoke(target, unwrapped(arguments)));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                leave();
            }
        }

        private void close(Method method) {
            open.remove(target);
            isClosed = true;
            if (users.get() > 0) {
                faults.add(method + " while in use");
            }
        }

        private void enter(Method method) {
            users.incrementAndGet();
            owner.ifPresent(each -> each.enter(method));
            if (isClosed) {
                faults.add(method + " after close");
            }
        }

        private void leave() {
            users.decrementAndGet();
            owner.ifPresent(Watch::leave);
        }

        private Object[] unwrapped(Object[] arguments) {
            var plain = new ArrayList<>();
            for (var each : arguments == null ? new Object[0] : arguments) {
                plain.add(BreakingEngine.unwrapped(each));
            }
            return plain.toArray();
        }

        private Object wrapped(Class<?> type, Object result) {
            if (!WATCHED.contains(type)) {
                return result;
            }
            if (result instanceof AutoCloseable) {
                open.add(result);
            }
            // A matrix lives as long as its features.
            return watch(type, result, type == HypercolumnMatrix.class ? Optional.of(this) : Optional.empty());
        }
    }
}
