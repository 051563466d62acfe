package io.deepsuite.audit.ingest;

import static io.deepsuite.audit.ingest.Records.FIRST;
import static io.deepsuite.audit.ingest.Records.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void doesNotPutTheSameRecordAsideTwice() {
        var delivery = new Delivery(new Records().value(FIRST, 0, null).readings());
        var first = delivery.plan(Map.of(FIRST, 0L)).letters().getFirst();

        delivery.markPutAside(first);

        var again = delivery.plan(Map.of(FIRST, 0L)).letters().getFirst();
        assertThat(delivery.notPutAside(again)).isFalse();
    }

    @Test
    void dropsPartitionsThatAreGone() {
        var delivery =
                new Delivery(new Records().event(FIRST, 0).event(SECOND, 0).readings());

        delivery.retain(SECOND::equals);

        assertThat(delivery.partitions()).containsExactly(SECOND);
    }

    @Test
    void findsTheFirstRecordThatIsNotStored() {
        var delivery = new Delivery(
                new Records().event(FIRST, 3).event(FIRST, 4).event(FIRST, 8).readings());

        assertThat(delivery.firstPending(FIRST, 4)).isEqualTo(4);
        assertThat(delivery.firstPending(FIRST, 5)).isEqualTo(8);
        assertThat(delivery.firstPending(FIRST, 9)).isEqualTo(9);
        assertThat(delivery.end(FIRST)).isEqualTo(9);
    }
}
