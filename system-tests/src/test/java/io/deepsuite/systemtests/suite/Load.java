package io.deepsuite.systemtests.suite;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** People who ask, one question after the other, until they are stopped; a person whose connection breaks stops asking. */
public final class Load {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final ConcurrentLinkedQueue<String> completed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

    private Load() {}

    /** That many people at once. */
    public static Load start(Suite suite, int count) {
        var load = new Load();
        var chat = suite.chat();
        for (int person = 0; person < count; person++) {
            load.people.execute(() -> load.ask(chat));
        }
        return load;
    }

    private void ask(Chat chat) {
        while (running.get()) {
            var id = "load-" + UUID.randomUUID();
            try {
                var answer = chat.plainOrFail(EchoEngine.MODEL, "under load " + id, id);
                if (answer.text().endsWith(id)) {
                    completed.add(id);
                } else {
                    failures.add(id + ": " + answer);
                }
            } catch (IOException e) {
                failures.add(id + ": " + e);
                return;
            }
        }
    }

    /** Request ids of the answers that came complete. */
    public List<String> completed() {
        return List.copyOf(completed);
    }

    /** What went wrong. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns when at least so many answers are complete. */
    public void awaitCompleted(int count) {
        await("%d answers".formatted(count))
                .atMost(PATIENCE)
                .until(() -> completed.size() >= count || people.isTerminated());
    }

    /** Returns when the last question is answered or has failed. */
    public void stop() {
        running.set(false);
        people.shutdown();
        try {
            if (!people.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("questions that neither end nor fail");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
