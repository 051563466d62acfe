package io.deepsuite.engine.process;

import io.deepsuite.engine.inference.EngineConfig;
import io.deepsuite.engine.inference.InferenceEngine;
import io.deepsuite.engine.inference.SlotPool;
import io.deepsuite.engine.llama.LlamaEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Makes what the process has one of. */
@Dependent
class EngineBeans {

    private static final long MIN_STACK = 16L << 20;
    private static final long MAX_STACK = 1L << 30;

    /** Stack that one character of an unbroken run may take in the tokenizer, with a margin over the 10 KiB measured. */
    private static final long STACK_PER_CHARACTER = 16L << 10;

    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    SlotPool slots(EngineConfig config, MeterRegistry meters) {
        var pool = new SlotPool(config.slots(), config.queueLength(), stackBytes(config));
        Gauge.builder("deepsuite.engine.slots.busy", pool, SlotPool::busy).register(meters);
        Gauge.builder("deepsuite.engine.requests.queued", pool, SlotPool::queued)
                .register(meters);
        return pool;
    }

    void drain(@Disposes SlotPool pool) {
        pool.drain(DRAIN_PATIENCE);
    }

    @Produces
    @Singleton
    @Startup
    @DefaultBean
    InferenceEngine engine(EngineConfig config) {
        var loading = new FutureTask<InferenceEngine>(() -> LlamaEngine.load(config));
        new Thread(null, loading, "load", stackBytes(config)).start();
        try {
            return loading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the model was loading");
        }
    }

    private static long stackBytes(EngineConfig config) {
        long bytes = config.stackSize().asLongValue();
        if (bytes < MIN_STACK || bytes > MAX_STACK) {
            throw new IllegalArgumentException(
                    "deepsuite.engine.stack-size: %d bytes (expected: 16M to 1G)".formatted(bytes));
        }
        if (config.maxRunLength() > bytes / STACK_PER_CHARACTER) {
            throw new IllegalArgumentException(
                    "deepsuite.engine.max-run-length: %d (expected: at most %d for that stack-size)"
                            .formatted(config.maxRunLength(), bytes / STACK_PER_CHARACTER));
        }
        return bytes;
    }
}
