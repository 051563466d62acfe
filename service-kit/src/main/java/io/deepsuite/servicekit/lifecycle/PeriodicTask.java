package io.deepsuite.servicekit.lifecycle;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing every now and then, on a virtual thread of its own: it may wait, and is never done twice at once. The pause is between the end of one time and
 * the beginning of the next. What fails is logged and tried again the next time.
 */
public final class PeriodicTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(PeriodicTask.class);

    private final String name;
    private final Duration pause;
    private final Step step;
    private final AtomicReference<Optional<Thread>> thread = new AtomicReference<>(Optional.empty());

    /**
     * A task that is not started yet.
     *
     * @param name of the thread, and in the log
     * @param pause before the first time and between any two; more than zero
     */
    public PeriodicTask(String name, Duration pause, Step step) {
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("pause of %s: %s (expected: more than zero)".formatted(name, pause));
        }
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    /** What is done each time. */
    @FunctionalInterface
    public interface Step {
        /** Does it once. @throws Exception if it fails; the next time comes nevertheless */
        void run() throws Exception;
    }

    /** Starts it, with a pause; once only. */
    public void start() {
        start(false);
    }

    /** Starts it without a pause before the first time; once only. */
    public void startAtOnce() {
        start(true);
    }

    private void start(boolean atOnce) {
        var started = Thread.ofVirtual().name(name).unstarted(() -> run(atOnce));
        if (!thread.compareAndSet(Optional.empty(), Optional.of(started))) {
            throw new IllegalStateException(name + " was started before");
        }
        started.start();
    }

    /** Ends it, in the middle of a time if need be. */
    public void stop() {
        thread.get().ifPresent(Thread::interrupt);
    }

    /** Waits until it has ended, at most so long. @return whether it has */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        var started = thread.get();
        return started.isEmpty() || started.get().join(longest);
    }

    private void run(boolean atOnce) {
        try {
            if (atOnce) {
                once();
            }
            while (true) {
                Thread.sleep(pause);
                once();
            }
        } catch (InterruptedException _) { // the service stops
            Thread.currentThread().interrupt();
        }
    }

    private void once() throws InterruptedException {
        try {
            step.run();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) { // the thread's edge
            LOGGER.atWarn()
                    .addKeyValue("task", name)
                    .setCause(failure)
                    .log("periodic work failed, will be tried again");
        }
    }
}
