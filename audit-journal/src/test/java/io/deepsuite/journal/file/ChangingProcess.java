package io.deepsuite.journal.file;

import io.deepsuite.audit.v1.AuditEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that announces changes and ends them, several at a time, until it is killed; the first is never ended. What is durable is taken off as a shipper
 * would: printed as {@code phase id}, then released, so that only the newest segments are left on disk.
 */
public final class ChangingProcess {

    private static final int THREADS = 4;

    private ChangingProcess() {}

    /**
     * Never returns.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        var numbers = new AtomicInteger();
        try (var journal = Events.open(Events.settings(Path.of(args[0]), 1 << 26, 1 << 13))) {
            Events.await(journal.append(Events.intent(numbers.incrementAndGet())));
            Runnable changes = () -> {
                while (true) {
                    int number = numbers.incrementAndGet();
                    Events.await(journal.append(Events.intent(number)));
                    Events.await(journal.append(Events.outcome(number)));
                }
            };
            for (int thread = 0; thread < THREADS; thread++) {
                Thread.ofPlatform().start(changes);
            }
            ship(journal, out);
        }
    }

    private static void ship(FileJournal journal, PrintStream out) throws IOException {
        journal.wake(Thread.currentThread());
        try (var cursor = journal.cursor(Position.START)) {
            while (true) {
                var next = cursor.next();
                if (next.isEmpty()) {
                    LockSupport.park();
                    continue;
                }
                var event = AuditEvent.parseFrom(next.get().payload());
                out.println(event.getPhase() + " " + event.getId());
                if (journal.wouldFree(next.get().position())) {
                    journal.release(next.get().position());
                }
            }
        }
    }
}
