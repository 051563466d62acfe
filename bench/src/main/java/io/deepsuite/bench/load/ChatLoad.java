package io.deepsuite.bench.load;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.keycloak.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Chats with the demo model from several callers at once. Every call crosses model-service, dataprep-service, the engine and the audit trail. */
public final class ChatLoad {

    private static final String BODY = """
            {"model": "tiny-translate", "max_tokens": 8, "messages": [{"role": "user", "content": "智能手机"}]}""";

    private final Stack stack;
    private final int callers;

    public ChatLoad(Stack stack, int callers) {
        this.stack = stack;
        this.callers = callers;
    }

    /**
     * Calls for a while.
     *
     * @return number of answers
     * @throws IOException if nothing but refusals came back
     */
    public int run(Duration duration) throws IOException, InterruptedException {
        var answered = new AtomicInteger();
        var refused = new AtomicInteger();
        var end = System.nanoTime() + duration.toNanos();
        try (var client = HttpClient.newBuilder()
                        .sslContext(stack.identity("demo-app").sslContext())
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var request = request();
            for (int caller = 0; caller < callers; caller++) {
                Future<?> _ = threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        (send(client, request) ? answered : refused).incrementAndGet();
                    }
                });
            }
        }
        if (answered.get() == 0) {
            throw new IOException("no call of %d was answered".formatted(refused.get()));
        }
        return answered.get();
    }

    private static boolean send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create(stack.addresses().model() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + stack.token(Role.MODEL_USER))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
    }
}
