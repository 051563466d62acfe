package io.deepsuite.model.engine;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.registry.ModelVersion.EngineReplica;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets an answer from the replicas of a version: in turn, past open circuits, and once again when nothing has been passed on. */
@ApplicationScoped
class EngineService implements Engines {

    private static final Logger LOGGER = LoggerFactory.getLogger(EngineService.class);
    private static final int MAX_TRIES = 2;
    private static final long BUSY_RETRY_MILLIS = 1_000;

    private final EngineTransport transport;
    private final ReplicaGuards guards;
    private final AtomicInteger turn = new AtomicInteger();

    EngineService(EngineTransport transport, ReplicaGuards guards) {
        this.transport = transport;
        this.guards = guards;
    }

    @Override
    public EngineAnswer answer(
            ModelVersion version, EngineRequest request, CallLifetime lifetime, EngineListener listener) {
        @Nullable EngineFailure last = null;
        var tries = 0;
        for (var replica : order(version.engines())) {
            if (tries == MAX_TRIES) {
                break;
            }
            var attempt = new Attempt(replica, listener);
            try {
                return guards.call(replica, () -> attempt.run(transport, request, lifetime));
            } catch (CircuitBreakerOpenException _) {
                LOGGER.atDebug().addKeyValue("engine", replica.address()).log("an open circuit was passed over");
            } catch (EngineFailure failure) {
                log(replica, failure);
                if (attempt.begun() || !failure.kind().retryable()) {
                    throw translated(version, failure);
                }
                last = failure;
                tries++;
            }
        }
        throw translated(version, last);
    }

    /** Each replica once, beginning with the next in turn, then the first again, so that a lone replica has its second try. */
    private List<EngineReplica> order(List<EngineReplica> engines) {
        var first = Math.floorMod(turn.getAndIncrement(), engines.size());
        var order = new ArrayList<EngineReplica>();
        for (var i = 0; i <= engines.size(); i++) {
            order.add(engines.get((first + i) % engines.size()));
        }
        return order;
    }

    private static void log(EngineReplica replica, EngineFailure failure) {
        LOGGER.atWarn()
                .addKeyValue("engine", replica.address())
                .addKeyValue("kind", failure.kind())
                .addKeyValue("detail", failure.getMessage())
                .log("an engine replica failed");
    }

    private static DeepsuiteException translated(ModelVersion version, @Nullable EngineFailure failure) {
        var model = Map.of("model", version.reference());
        if (failure == null) {
            return new DeepsuiteException(
                    ErrorReason.ENGINE_UNAVAILABLE,
                    "no engine of %s takes calls".formatted(version.reference()),
                    model);
        }
        return switch (failure.kind()) {
            case TOO_LONG ->
                new DeepsuiteException(
                        ErrorReason.PROMPT_TOO_LONG,
                        "the input has more tokens than %s takes%s".formatted(version.reference(), context(version)),
                        model,
                        failure);
            case REFUSED ->
                new DeepsuiteException(
                        ErrorReason.VALUE_INVALID,
                        "the engine of %s refuses the request (%s)"
                                .formatted(version.reference(), failure.getMessage()),
                        model,
                        failure);
            case BUSY ->
                new DeepsuiteException(
                        ErrorReason.OVERLOADED,
                        "the engine of %s has as much work as it takes".formatted(version.reference()),
                        Map.of(
                                "model",
                                version.reference(),
                                Failures.RETRY_AFTER_MILLIS,
                                Long.toString(BUSY_RETRY_MILLIS)),
                        failure);
            case CONNECTION, UNREADY, SILENT, BROKEN ->
                new DeepsuiteException(
                        ErrorReason.ENGINE_UNAVAILABLE,
                        "no engine of %s answers".formatted(version.reference()),
                        model,
                        failure);
        };
    }

    private static String context(ModelVersion version) {
        return version.contextTokens() == 0
                ? ""
                : " (expected: at most %d together with the answer)".formatted(version.contextTokens());
    }

    /** Address of a replica as audit events and signals name it: {@code host:port}. */
    static String hostAndPort(EngineReplica replica) {
        return URI.create(replica.address()).getAuthority();
    }

    /** One try at one replica. */
    private static final class Attempt {

        private final EngineReplica replica;
        private final EngineListener listener;
        private boolean begun;

        Attempt(EngineReplica replica, EngineListener listener) {
            this.replica = replica;
            this.listener = listener;
        }

        EngineAnswer run(EngineTransport transport, EngineRequest request, CallLifetime lifetime) {
            listener.asking(hostAndPort(replica));
            return transport.exchange(replica, request, lifetime, piece -> {
                begun = true;
                listener.text(piece);
            });
        }

        boolean begun() {
            return begun;
        }
    }
}
