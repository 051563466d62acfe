package io.deepsuite.devstack.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a process from a later one that got the same process id.
 *
 * @param pid process id
 * @param startedAt when the process started (UTC), as the system reports it
 */
public record ProcessIdentity(long pid, Instant startedAt) {
    /** Systems report the start to a second or to a tick, and may correct their clock afterwards. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Who runs under a process id now; empty if nobody. */
    public static Optional<ProcessIdentity> of(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(ProcessIdentity::of);
    }

    /** The identity of a process; empty if it has ended. */
    public static Optional<ProcessIdentity> of(ProcessHandle process) {
        return process.info().startInstant().map(start -> new ProcessIdentity(process.pid(), start));
    }

    /** Reads what {@link #toString()} wrote; empty if the text is none. */
    public static Optional<ProcessIdentity> parse(String text) {
        var parts = text.strip().split(" ", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Instant.parse(parts[1])));
        } catch (NumberFormatException | java.time.format.DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Whether this is the same process, and not merely the same number. */
    public boolean isSameAs(ProcessIdentity other) {
        return pid == other.pid
                && Duration.between(startedAt, other.startedAt).abs().compareTo(TOLERANCE) <= 0;
    }

    /** The process while it lives. */
    public Optional<ProcessHandle> find() {
        return of(pid).filter(this::isSameAs).flatMap(_ -> ProcessHandle.of(pid));
    }

    @Override
    public String toString() {
        return pid + " " + startedAt;
    }
}
