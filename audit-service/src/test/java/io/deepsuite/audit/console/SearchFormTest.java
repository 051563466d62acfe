package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchFormTest {

    @Test
    void leavesOutWhatWasNotFilledIn() {
        var form = form(Map.of("actor", " ", "action", "inference.chat", "outcome", ""));

        assertThat(form.names()).containsExactly("action");
        assertThat(form.limited(50))
                .containsEntry("limit", List.of("50"))
                .containsEntry("action", List.of("inference.chat"));
    }

    @Test
    void takesTimesOfBrowsersAsUtc() {
        assertThat(form(Map.of("from", "2026-11-28T04:30")).value("from")).isEqualTo("2026-11-28T04:30:00Z");
        assertThat(form(Map.of("to", "2026-11-28T04:30:15")).value("to")).isEqualTo("2026-11-28T04:30:15Z");
    }

    @Test
    void leavesOtherTimesToTheRulesOfTheSearch() {
        assertThat(form(Map.of("from", "2026-11-28T04:30:00+08:00")).value("from"))
                .isEqualTo("2026-11-28T04:30:00+08:00");
        assertThat(form(Map.of("from", "yesterday")).value("from")).isEqualTo("yesterday");
    }

    @Test
    void keepsTheFiltersAndNotThePageInItsQuery() {
        var form = form(Map.of("resourceId", "a b&c", "pageToken", "old"));

        assertThat(form.isContinued()).isTrue();
        assertThat(form.query()).isEqualTo("resourceId=a+b%26c");
        assertThat(form.query("new")).isEqualTo("resourceId=a+b%26c&pageToken=new");
    }

    @Test
    void opensTheOtherFiltersWhenOneIsUsed() {
        assertThat(form(Map.of("traceId", "0")).hasMore()).isTrue();
        assertThat(form(Map.of("actor", "aiko")).hasMore()).isFalse();
    }

    private static SearchForm form(Map<String, String> fields) {
        return SearchForm.of(new MultivaluedHashMap<>(fields));
    }
}
