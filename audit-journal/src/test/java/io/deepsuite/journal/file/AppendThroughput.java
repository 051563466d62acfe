package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Measures appends on a disk: arguments are a directory on it, the number of concurrent appenders, and seconds. Not a test. */
public final class AppendThroughput {

    private AppendThroughput() {}

    /**
     * Prints events and forces per second, after a warm-up of the same length.
     *
     * @param args directory, appenders, seconds
     */
    public static void main(String[] args) throws IOException {
        int appenders = Integer.parseInt(args[1]);
        long nanos = Duration.ofSeconds(Long.parseLong(args[2])).toNanos();
        var forces = new LongAdder();
        var forceNanos = new LongAdder();
        var listener = new JournalListener() {
            @Override
            public void forced(long took) {
                forces.increment();
                forceNanos.add(took);
            }
        };
        try (var journal =
                FileJournal.open(Events.settings(Path.of(args[0]), 1L << 33, 1L << 26), listener, new FileStorage())) {
            for (String round : new String[] {"warm-up", "measured"}) {
                forces.reset();
                forceNanos.reset();
                long events = run(journal, appenders, nanos);
                double seconds = nanos / 1e9;
                System.out.printf(
                        "%s: %.0f events/s, %.0f forces/s of %.2f ms, %.1f events per force%n",
                        round,
                        events / seconds,
                        forces.sum() / seconds,
                        forceNanos.sum() / 1e6 / forces.sum(),
                        (double) events / forces.sum());
            }
        }
    }

    private static long run(FileJournal journal, int appenders, long nanos) {
        var numbers = new AtomicInteger();
        var events = new AtomicLong();
        long end = System.nanoTime() + nanos;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < appenders; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        Events.await(journal.append(Events.event(numbers.incrementAndGet())));
                        events.incrementAndGet();
                    }
                });
            }
        }
        return events.get();
    }
}
