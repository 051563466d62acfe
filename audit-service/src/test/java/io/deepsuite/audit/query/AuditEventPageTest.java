package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.tier.ArchivedMonth;
import io.deepsuite.audit.tier.Tier;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditEventPageTest {

    private static final AuditEventFilter FILTER = Requests.actor("mei");

    @Test
    void endsWithoutATokenWhenAllEventsFit() {
        var page = AuditEventPage.merge(Requests.of(FILTER, 2), List.of(List.of(event(2), event(1))));

        assertThat(page).isEqualTo(new AuditEventPage(List.of(event(2), event(1)), ""));
    }

    @Test
    void pointsToItsLastEventWhenThereAreMore() {
        var page = AuditEventPage.merge(Requests.of(FILTER, 2), List.of(List.of(event(3), event(2), event(1))));

        assertThat(page.events()).containsExactly(event(3), event(2));
        assertThat(PageToken.decode(page.nextPageToken(), FILTER))
                .isEqualTo(new PageToken(event(2).occurredAt(), event(2).id()));
    }

    @Test
    void mergesWhatIsFoundByIdAndByNameWithoutDoubles() {
        var page = AuditEventPage.merge(
                Requests.of(FILTER, 10), List.of(List.of(event(5), event(3)), List.of(event(5), event(4))));

        assertThat(page.events()).containsExactly(event(5), event(4), event(3));
    }

    @Test
    void ordersEventsOfOneInstantByIdAsTheDatabaseDoes() {
        var low = new StoredEvent(Instant.EPOCH, UUID.fromString("01900000-0000-7000-8000-000000000000"), "{}");
        var high = new StoredEvent(Instant.EPOCH, UUID.fromString("f1900000-0000-7000-8000-000000000000"), "{}");

        var page = AuditEventPage.merge(Requests.of(FILTER, 10), List.of(List.of(low), List.of(high)));

        assertThat(page.events()).containsExactly(high, low);
    }

    @Test
    void isWrittenAsJson() {
        assertThat(new AuditEventPage(List.of(event(2), event(1)), "abc").toJson())
                .isEqualTo("{\"events\":[{\"n\":2},{\"n\":1}],\"nextPageToken\":\"abc\"}");
        assertThat(new AuditEventPage(List.of(), "").toJson()).isEqualTo("{\"events\":[],\"nextPageToken\":\"\"}");
    }

    @Test
    void namesTheArchivesThatWereNotSearched() {
        var august = new Tier(new ArchivedMonth(YearMonth.of(2026, 8), "ab".repeat(32), "file:///a \"b\"/"), 12);

        assertThat(new AuditEventPage(List.of(event(1)), "")
                        .with(List.of(august))
                        .toJson())
                .isEqualTo("{\"events\":[{\"n\":1}],\"nextPageToken\":\"\",\"tiers\":[{\"tier\":\"hot\"},"
                        + "{\"tier\":\"archive\",\"from\":\"2026-08-01T00:00:00Z\",\"to\":\"2026-09-01T00:00:00Z\",\"records\":12,\"location\":\"file:///a"
                        + " \\\"b\\\"/\"}]}");
    }

    private static StoredEvent event(int n) {
        return new StoredEvent(Instant.ofEpochSecond(n), new UUID(0, n), "{\"n\":" + n + "}");
    }
}
