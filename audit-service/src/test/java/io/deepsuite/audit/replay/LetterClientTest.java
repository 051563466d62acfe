package io.deepsuite.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.EventFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LetterClientTest {

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void readsAllPartitionsFromTheFirstRecordThatIsLeft() {
        holds(Map.of(0, 4L, 1, 0L), Map.of(0, 7L, 1, 2L));

        var scan = scan(request(LetterPlace.FIRST, LetterPlace.LAST, 100), 100);

        assertThat(places(scan)).isEqualTo("0-4 0-5 0-6 1-0 1-1");
        assertThat(scan.next()).isEmpty();
    }

    @Test
    void readsOnlyBetweenTheBoundsThatWereGiven() {
        holds(Map.of(0, 0L, 1, 0L), Map.of(0, 7L, 1, 9L));

        assertThat(places(scan(request(new LetterPlace(0, 5), new LetterPlace(1, 1), 100), 100)))
                .isEqualTo("0-5 0-6 1-0 1-1");
    }

    @Test
    void fullPageSaysWhereToGoOn() {
        holds(Map.of(0, 0L), Map.of(0, 7L));

        var scan = scan(request(LetterPlace.FIRST, LetterPlace.LAST, 3), 100);

        assertThat(places(scan)).isEqualTo("0-0 0-1 0-2");
        assertThat(scan.next()).contains(new LetterPlace(0, 3));
    }

    @Test
    void endsAtTheScanLimitEvenWithoutALetterThatIsWanted() {
        holds(Map.of(0, 0L), Map.of(0, 7L));
        var wanted = new LetterRequest(Optional.of(EventFault.STORE_REFUSED), LetterPlace.FIRST, LetterPlace.LAST, 100);

        var scan = scan(wanted, 5);

        assertThat(scan.letters()).isEmpty();
        assertThat(scan.next()).contains(new LetterPlace(0, 5));
    }

    @Test
    void topicThatHoldsNothingIsAnEmptyPage() {
        holds(Map.of(0, 3L), Map.of(0, 3L));

        var scan = scan(request(LetterPlace.FIRST, LetterPlace.LAST, 3), 100);

        assertThat(scan.letters()).isEmpty();
        assertThat(scan.next()).isEmpty();
    }

    private LetterScan scan(LetterRequest request, int scanLimit) {
        return new LetterClient.Reading(consumer, request, new FixedConfig(scanLimit)).run();
    }

    private static LetterRequest request(LetterPlace from, LetterPlace to, int limit) {
        return new LetterRequest(Optional.empty(), from, to, limit);
    }

    private static String places(LetterScan scan) {
        return scan.letters().stream().map(letter -> letter.place().toString()).collect(Collectors.joining(" "));
    }

    private void holds(Map<Integer, Long> begins, Map<Integer, Long> ends) {
        var node = Node.noNode();
        consumer.updatePartitions(
                Letters.TOPIC,
                begins.keySet().stream()
                        .map(number ->
                                new PartitionInfo(Letters.TOPIC, number, node, new Node[] {node}, new Node[] {node}))
                        .toList());
        consumer.updateBeginningOffsets(byPartition(begins));
        consumer.updateEndOffsets(byPartition(ends));
        // the fake delivers, to one poll after the other, records of a partition from where the consumer stands
        new TreeMap<>(begins)
                .forEach((number, begin) ->
                        consumer.schedulePollTask(() -> LongStream.range(begin, ends.getOrDefault(number, begin))
                                .mapToObj(offset -> record(number, offset))
                                .filter(this::isWaitedFor)
                                .forEach(consumer::addRecord)));
    }

    private boolean isWaitedFor(ConsumerRecord<byte[], byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        return consumer.assignment().contains(partition) && record.offset() >= consumer.position(partition);
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        return Letters.record(partition, offset, "UNPARSABLE");
    }

    private static Map<TopicPartition, Long> byPartition(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new TopicPartition(Letters.TOPIC, entry.getKey()), Map.Entry::getValue));
    }

    private record FixedConfig(int scanLimit) implements ReplayConfig {

        @Override
        public String letterTopic() {
            return Letters.TOPIC;
        }

        @Override
        public String auditTopic() {
            return "deepsuite.audit.v1";
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }
    }
}
