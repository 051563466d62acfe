package io.deepsuite.devstack.process;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.StackDirectory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a component to work, and gives up early when its process is gone. */
public final class Readiness {
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final StackDirectory directory;
    private final ProcessTable processes;

    public Readiness(StackDirectory directory, ProcessTable processes) {
        this.directory = directory;
        this.processes = processes;
    }

    /**
     * Asks again and again until the answer is yes.
     *
     * @throws DevstackException if the process ends or the time is over; the message names the log
     */
    public void await(Component component, Duration bound, Check check) {
        long end = System.nanoTime() + bound.toNanos();
        while (!check.passes()) {
            if (processes.find(component).isEmpty() && !component.supervised()) {
                throw new DevstackException(component.processName() + " ended while starting; log: "
                        + directory.log(component) + processes.tail(component));
            }
            if (System.nanoTime() > end) {
                throw new DevstackException("%s is not ready after %d s; log: %s%s"
                        .formatted(
                                component.processName(),
                                bound.toSeconds(),
                                directory.log(component),
                                processes.tail(component)));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new DevstackException("interrupted while waiting for " + component.processName());
            }
        }
    }

    /** Whether a component works. */
    @FunctionalInterface
    public interface Check {
        /** True once it works; a failure to find out is a no. */
        boolean passes();
    }
}
