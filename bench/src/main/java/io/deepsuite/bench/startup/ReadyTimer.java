package io.deepsuite.bench.startup;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.layout.Component;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Times a service from its process's start to its first answer that it is ready. */
final class ReadyTimer {

    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Granularity of the answer's time. */
    private static final Duration STEP = Duration.ofMillis(2);

    private final Stack stack;

    ReadyTimer(Stack stack) {
        this.stack = stack;
    }

    /** Starts a service that does not run, milliseconds until it is ready; its dependencies run. */
    double start(Component service) throws Exception {
        var ready = CompletableFuture.supplyAsync(() -> awaitReady(service));
        // not the start that the system tells of a process: it counts from a boot time in whole seconds, so it is up to
        // one off
        long started = System.nanoTime();
        stack.start(service);
        return (ready.get(BOUND.toSeconds(), TimeUnit.SECONDS) - started) / 1e6;
    }

    private long awaitReady(Component service) {
        var request = HttpRequest.newBuilder(URI.create(stack.addresses().management(service) + "/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        var end = System.nanoTime() + BOUND.toNanos();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (System.nanoTime() < end) {
                if (isReady(client, request)) {
                    return System.nanoTime();
                }
                TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(service.processName() + " is not ready after " + BOUND);
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // nobody listens yet
        }
    }
}
