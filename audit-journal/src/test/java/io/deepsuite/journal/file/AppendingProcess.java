package io.deepsuite.journal.file;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that appends from several threads until it is killed, and prints {@code sequence id} of every event that was acknowledged. */
public final class AppendingProcess {

    private static final int THREADS = 8;

    private AppendingProcess() {}

    /**
     * Never returns.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        var numbers = new AtomicInteger();
        try (var journal = Events.open(Events.settings(Path.of(args[0]), 1 << 26, 1 << 16))) {
            Runnable appender = () -> {
                while (true) {
                    var event = Events.await(journal.append(Events.event(numbers.incrementAndGet())));
                    out.println(event.getSource().getSequence() + " " + event.getId());
                }
            };
            for (int thread = 1; thread < THREADS; thread++) {
                Thread.ofPlatform().start(appender);
            }
            appender.run();
        }
    }
}
