package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    private static final AuditEventFilter FILTER = Requests.filter("acme", Map.of(Column.OPERATION, "READ"));
    private static final PageToken TOKEN = new PageToken(
            Instant.parse("2026-11-22T10:00:00.123456Z"), UUID.fromString("01900000-0000-7000-8000-000000000007"));

    @Property
    void comesBackAsItWas(
            @ForAll @LongRange(min = 0, max = 253_402_300_799_999_999L) long micros,
            @ForAll long high,
            @ForAll long low) {
        var token = new PageToken(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(high, low));

        assertThat(PageToken.decode(token.encode(FILTER), FILTER)).isEqualTo(token);
    }

    @Test
    void isBoundToTheFilters() {
        var text = TOKEN.encode(FILTER);

        assertInvalid(text, Requests.filter("acme", Map.of(Column.OPERATION, "CREATE")));
        assertInvalid(text, Requests.filter("acme", Map.of(Column.ACTION, "READ")));
        assertInvalid(text, Requests.filter("acme", Map.of()));
        assertInvalid(text, Requests.filter("other", Map.of(Column.OPERATION, "READ")));
        assertInvalid(text, Requests.actor("READ"));
    }

    @Test
    void tellsFiltersApartWhoseTextsRunIntoEachOther() {
        var one = Requests.filter("acme", Map.of(Column.ACTION, "a\nreason=1:b"));
        var other = Requests.filter("acme", new java.util.TreeMap<>(Map.of(Column.ACTION, "a", Column.REASON, "b")));

        assertInvalid(TOKEN.encode(one), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!!", "AQ", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNoToken(String text) {
        assertInvalid(text, FILTER);
    }

    private static void assertInvalid(String text, AuditEventFilter filter) {
        assertThatThrownBy(() -> PageToken.decode(text, filter))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.PAGE_TOKEN_INVALID));
    }
}
