package io.deepsuite.model.engine;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a call may go on: until its deadline, or until its caller goes away. Safe for use by many threads. */
public final class CallLifetime {

    private final long deadlineNanos;
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** @param total longest duration from now */
    public CallLifetime(Duration total) {
        this.deadlineNanos = System.nanoTime() + total.toNanos();
    }

    /** The caller went away; what was registered runs now, once. */
    public void cancel() {
        List<Runnable> due;
        synchronized (actions) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Runs {@code action} when the caller goes away, or at once when it has. */
    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Whether the caller went away. */
    public boolean isCancelled() {
        synchronized (actions) {
            return cancelled;
        }
    }

    /** Time that is left; never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /**
     * Goes on while the call may.
     *
     * @throws DeepsuiteException {@link ErrorReason#CANCELLED} if the caller went away, {@link ErrorReason#TIMEOUT} if the deadline has passed
     */
    public void check() {
        if (isCancelled()) {
            throw new DeepsuiteException(ErrorReason.CANCELLED, "the caller went away");
        }
        if (remaining().isZero()) {
            throw new DeepsuiteException(ErrorReason.TIMEOUT, "the call took longer than its deadline");
        }
    }
}
