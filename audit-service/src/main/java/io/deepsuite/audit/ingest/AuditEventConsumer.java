package io.deepsuite.audit.ingest;

import io.deepsuite.audit.deadletter.DeadLetter;
import io.deepsuite.audit.deadletter.DeadLetterClient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what Kafka delivers. Partitions share no log and no position, so what a poll brings of each goes its own way: a transaction, a connection and a thread
 * at a time. A batch is tried until it is stored or belongs to somebody else; meanwhile the connector pauses the consumer. Records that cannot be stored are put
 * aside, acknowledged by the broker, before the position moves over them.
 */
@ApplicationScoped
public class AuditEventConsumer {

    private static final Logger LOGGER = LoggerFactory.getLogger(AuditEventConsumer.class);

    private final IngestStore store;
    private final IngestSeeker seeker;
    private final DeadLetterClient deadLetters;
    private final IngestPositions positions;
    private final IngestLogs logs;
    private final IngestSources sources;
    private final IngestState state;
    private final IngestConfig config;

    AuditEventConsumer(
            IngestStore store,
            IngestSeeker seeker,
            DeadLetterClient deadLetters,
            IngestPositions positions,
            IngestLogs logs,
            IngestSources sources,
            IngestState state,
            IngestConfig config) {
        this.store = store;
        this.seeker = seeker;
        this.deadLetters = deadLetters;
        this.positions = positions;
        this.logs = logs;
        this.sources = sources;
        this.state = state;
        this.config = config;
    }

    /** Stores one poll's records. Never fails; takes as long as the database and the broker are away. */
    @Incoming("audit-events")
    public Uni<Void> consume(ConsumerRecords<byte[], byte[]> records) {
        var batches = records.partitions().stream()
                .map(partition -> batch(partition, records.records(partition)))
                .toList();
        return batches.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(batches)
                        .usingConcurrencyOf(config.concurrency())
                        .andFailFast()
                        .invoke(state::idle)
                        .replaceWithVoid();
    }

    private Uni<Void> batch(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        return Uni.createFrom()
                .item(() -> new Delivery(Map.of(partition, Reading.readAll(records))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(this::persist);
    }

    private Uni<Void> persist(Delivery delivery) {
        return Uni.createFrom()
                .deferred(() -> attempt(delivery))
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .retry()
                .withBackOff(config.minBackoff(), config.maxBackoff())
                .indefinitely();
    }

    private void failed(Throwable failure) {
        state.failed(failure.getClass().getSimpleName());
        LOGGER.atWarn().setCause(failure).log("batch not stored, will be tried again");
    }

    private Uni<Void> attempt(Delivery delivery) {
        positions.foreignTopic().ifPresent(wrong -> {
            throw new IllegalStateException(wrong);
        });
        delivery.retain(positions::isAssigned);
        return locate(delivery).chain(() -> seeker.closeGaps(delivery)).chain(() -> pursue(delivery));
    }

    /** Makes sure that the positions of the delivery's partitions are known, as far as there are any. */
    private Uni<Void> locate(Delivery delivery) {
        var unknown = positions.unknown(delivery.partitions());
        if (unknown.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return limited(store.positions(unknown))
                .invoke(stored -> stored.forEach(positions::set))
                .replaceWithVoid();
    }

    private Uni<Void> pursue(Delivery delivery) {
        var plan = delivery.plan(positions.known(delivery.partitions()));
        if (plan.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return putAside(delivery, plan.letters())
                .chain(() -> limited(logs.seal(plan)))
                .chain(placed -> limited(sources.advance(plan)).map(placed::with))
                .chain(placed -> limited(store.append(placed)).chain(result -> answer(result, delivery, placed)));
    }

    private Uni<Void> answer(AppendResult result, Delivery delivery, SealedPlan placed) {
        var plan = placed.plan();
        return switch (result) {
            case AppendResult.Appended _ -> stored(placed);
            case AppendResult.Taken _ -> compareWithStored(delivery, plan);
            case AppendResult.Refused(var sqlState) -> isolate(delivery, plan, sqlState);
            case AppendResult.Fenced _ -> relocate(delivery);
        };
    }

    private Uni<Void> putAside(Delivery delivery, List<DeadLetter> letters) {
        var pending = letters.stream().filter(delivery::notPutAside).toList();
        return pending.isEmpty()
                ? Uni.createFrom().voidItem()
                : limited(deadLetters.send(pending)).invoke(() -> pending.forEach(delivery::markPutAside));
    }

    private Uni<Void> stored(SealedPlan placed) {
        var plan = placed.plan();
        logs.grown(placed.growths());
        sources.advanced(placed.advances());
        plan.spans().forEach(span -> positions.set(span.partition(), span.nextOffset()));
        state.stored(plan.spans());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> compareWithStored(Delivery delivery, IngestPlan plan) {
        return limited(store.stored(plan.arrivals())).chain(found -> {
            if (!delivery.know(found)) {
                return Uni.createFrom()
                        .failure(new IllegalStateException(
                                "events are taken, but nothing that is stored is like them: were rows added by hand?"));
            }
            return pursue(delivery);
        });
    }

    private Uni<Void> relocate(Delivery delivery) {
        LOGGER.atWarn().addKeyValue("partitions", delivery.partitions()).log("another consumer moved the position");
        positions.forget(delivery.partitions());
        logs.forget(delivery.partitions());
        sources.forget();
        return attempt(delivery);
    }

    /** Finds the events that the database refuses, by halves, and goes on without them. */
    private Uni<Void> isolate(Delivery delivery, IngestPlan plan, String sqlState) {
        LOGGER.atError().addKeyValue("sqlState", sqlState).log("database refuses values of an event");
        return refused(plan.arrivals()).chain(arrivals -> {
            if (arrivals.isEmpty()) {
                return Uni.createFrom()
                        .failure(new IllegalStateException(
                                "database refuses a batch, but none of its events: SQLSTATE " + sqlState));
            }
            arrivals.forEach(arrival -> delivery.refuse(arrival.record()));
            return pursue(delivery);
        });
    }

    private Uni<List<Arrival>> refused(List<Arrival> arrivals) {
        return limited(store.accepts(arrivals)).chain(accepted -> {
            if (accepted) {
                return Uni.createFrom().item(List.of());
            }
            if (arrivals.size() == 1) {
                return Uni.createFrom().item(arrivals);
            }
            int half = arrivals.size() / 2;
            return refused(arrivals.subList(0, half))
                    .chain(first -> refused(arrivals.subList(half, arrivals.size()))
                            .map(second -> Stream.concat(first.stream(), second.stream())
                                    .toList()));
        });
    }

    private <T> Uni<T> limited(Uni<T> step) {
        return step.ifNoItem().after(config.stepTimeout()).fail();
    }
}
