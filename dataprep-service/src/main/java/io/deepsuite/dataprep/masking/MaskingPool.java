package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Platform threads for masking, one for each processor, and a bounded queue before them: work beyond it is refused with {@link ErrorReason#OVERLOADED}. */
@Singleton
class MaskingPool implements Executor {

    private final ThreadPoolExecutor threads;

    MaskingPool(MaskingConfig config) {
        int size = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queueLength()),
                Thread.ofPlatform().name("masking-", 0).daemon().factory());
    }

    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new DeepsuiteException(
                    ErrorReason.OVERLOADED, "too many texts wait to be masked; retry later", Map.of(), e);
        }
    }

    /** Lets what was accepted finish. */
    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
