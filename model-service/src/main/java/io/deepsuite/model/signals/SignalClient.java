package io.deepsuite.model.signals;

import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.grpc.SuiteCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends queued signals to the Monitor Agent with this service's own account, on a thread of its own. A stream opens with the first signal, takes signals as
 * they arise, and ends after its lifetime; after a failure the next one waits, longer each time. Signals in a stream that fails are lost, the queued ones not.
 */
@ApplicationScoped
class SignalClient {

    private static final Logger LOGGER = LoggerFactory.getLogger(SignalClient.class);
    private static final String SERVICE = "model-service";
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final SignalService monitor;
    private final SuiteCalls calls;
    private final SignalQueue queue;
    private final SignalsConfig config;
    private final AtomicReference<Optional<Thread>> sender = new AtomicReference<>(Optional.empty());

    SignalClient(
            @GrpcClient("monitor") SignalService monitor, SuiteCalls calls, SignalQueue queue, SignalsConfig config) {
        this.monitor = monitor;
        this.calls = calls;
        this.queue = queue;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        sender.set(Optional.of(Thread.ofVirtual().name("signals").start(this::send)));
    }

    void stop(@Observes ShutdownEvent event) {
        sender.get().ifPresent(Thread::interrupt);
    }

    private void send() {
        var backoff = config.minBackoff();
        try {
            while (true) {
                var first = queue.poll(config.streamLifetime());
                if (first.isPresent()) {
                    backoff = stream(first.get()) ? config.minBackoff() : waited(backoff);
                }
            }
        } catch (InterruptedException _) { // the service stops
            Thread.currentThread().interrupt();
        }
    }

    private Duration waited(Duration backoff) throws InterruptedException {
        Thread.sleep(backoff);
        var next = backoff.multipliedBy(2);
        return next.compareTo(config.maxBackoff()) < 0 ? next : config.maxBackoff();
    }

    /**
     * Sends one stream.
     *
     * @return whether the Monitor Agent took it
     */
    private boolean stream(SignalQueue.Stamped first) throws InterruptedException {
        var outgoing = UnicastProcessor.<ReportRequest>create();
        var done = new CompletableFuture<Optional<Throwable>>();
        outgoing.onNext(SignalProtoMapper.toProto(SERVICE, first));
        var call = open(outgoing, done);
        var end = System.nanoTime() + config.streamLifetime().toNanos();
        while (!done.isDone() && System.nanoTime() < end) {
            queue.poll(IDLE_POLL).ifPresent(next -> outgoing.onNext(SignalProtoMapper.toProto(SERVICE, next)));
        }
        outgoing.onComplete();
        var failure = done.completeOnTimeout(
                        Optional.of(new IllegalStateException("no answer in time")),
                        ANSWER_TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
        call.cancel();
        failure.ifPresent(cause -> LOGGER.atWarn()
                .addKeyValue("cause", cause.getClass().getSimpleName())
                .log("the Monitor Agent does not take signals"));
        return failure.isEmpty();
    }

    private Cancellable open(Multi<ReportRequest> outgoing, CompletableFuture<Optional<Throwable>> done) {
        return calls.forService(monitor)
                .chain(client -> client.report(outgoing))
                .subscribe()
                .with(_ -> done.complete(Optional.empty()), failure -> done.complete(Optional.of(failure)));
    }
}
