package io.deepsuite.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestConcurrencyTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PARTITIONS = 6;

    private final SlowStore store = new SlowStore();
    private final IngestPositions positions = new IngestPositions();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void asManyPartitionsAreAtTheDatabaseAtOnceAsAreConfigured(int concurrency) throws InterruptedException {
        var consumed = consume(concurrency).subscribeAsCompletionStage();

        for (int i = 0; i < concurrency; i++) {
            store.awaitArrival();
        }
        for (int waiting = PARTITIONS - concurrency; waiting > 0; waiting--) {
            assertThat(consumed).isNotDone();
            store.answerOne();
            store.awaitArrival();
        }
        for (int i = 0; i < concurrency; i++) {
            store.answerOne();
        }

        assertThat(consumed).succeedsWithin(LONG);
        assertThat(store.most).hasValue(concurrency);
    }

    @Test
    void moreThanThereArePartitionsHurtsNobody() throws InterruptedException {
        var consumed = consume(64).subscribeAsCompletionStage();

        for (int i = 0; i < PARTITIONS; i++) {
            store.awaitArrival();
        }
        for (int i = 0; i < PARTITIONS; i++) {
            store.answerOne();
        }

        assertThat(consumed).succeedsWithin(LONG);
        assertThat(store.most).hasValue(PARTITIONS);
    }

    /** A poll that brings one record of each partition, which the database turns out to have already. */
    @SuppressWarnings("NullAway") // nothing else is asked when all of it is stored
    private Uni<Void> consume(int concurrency) {
        var state = new IngestState(InstantSource.system(), new SimpleMeterRegistry());
        var consumer = new AuditEventConsumer(
                store,
                new IngestSeeker(null, positions, state),
                null,
                positions,
                new IngestLogs(null),
                new IngestSources(null),
                state,
                new Config(concurrency));
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        for (int number : IntStream.range(0, PARTITIONS).toArray()) {
            var partition = new TopicPartition("deepsuite.audit.v1", number);
            records.put(partition, List.of(new Records().event(partition, 0).record(partition, 0)));
        }
        positions.assign(records.keySet());
        return consumer.consume(new ConsumerRecords<>(records, Map.of()));
    }

    /** Answers when it is told to. */
    @SuppressWarnings("NullAway") // no pool: only positions are asked for
    private static final class SlowStore extends IngestStore {

        private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
        private final AtomicInteger present = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        SlowStore() {
            super(null, null, null, null);
        }

        @Override
        Uni<Map<TopicPartition, Long>> positions(Collection<TopicPartition> partitions) {
            var answer = new CompletableFuture<Map<TopicPartition, Long>>();
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            var stored = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> stored.put(partition, 1L));
            arrived.add(() -> {
                present.decrementAndGet();
                answer.complete(stored);
            });
            return Uni.createFrom().completionStage(answer);
        }

        void awaitArrival() throws InterruptedException {
            var arrival = arrived.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(arrival).as("another partition is at the database").isNotNull();
            waiting.add(arrival);
        }

        void answerOne() {
            waiting.remove().run();
        }
    }

    private record Config(int concurrency) implements IngestConfig {

        @Override
        public Duration minBackoff() {
            return LONG;
        }

        @Override
        public Duration maxBackoff() {
            return LONG;
        }

        @Override
        public Duration stepTimeout() {
            return LONG;
        }

        @Override
        public Duration assignTimeout() {
            return LONG;
        }

        @Override
        public Duration lagPeriod() {
            return LONG;
        }
    }
}
