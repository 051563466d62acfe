package io.deepsuite.archive.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.archive.lifecycle.LifecycleRule.Action;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleReaderTest {

    private static final String RULE = "{\"prefix\": \"audit-events/\", \"age\": \"30d\", \"action\": \"Archive\"}";

    @Test
    void readsARule() {
        assertThat(LifecycleReader.read("{\"rules\": [" + RULE + "]}", List.of()))
                .containsExactly(new LifecycleRule("audit-events/", Period.ofDays(30), Action.ARCHIVE));
    }

    @Test
    void deletesWhatItArchivesInWhicheverOrderTheRulesStand() {
        assertThat(LifecycleReader.read(
                        "{\"rules\": [{\"prefix\": \"audit-events/\", \"age\": \"30d\", \"action\": \"Delete\"}, "
                                + RULE + "]}",
                        List.of()))
                .containsExactly(
                        new LifecycleRule("audit-events/", Period.ofDays(30), Action.DELETE),
                        new LifecycleRule("audit-events/", Period.ofDays(30), Action.ARCHIVE));
    }

    @Test
    void knowsTheFoldersOfTheSettingsAndNoOthers() {
        var rule = "{\"rules\": [{\"prefix\": \"training-logs/\", \"age\": \"30d\", \"action\": \"Archive\"}]}";

        assertThat(LifecycleReader.read(rule, List.of("training-logs/")))
                .containsExactly(new LifecycleRule("training-logs/", Period.ofDays(30), Action.ARCHIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifecycleReader.read(rule, List.of("other-logs/")))
                .withMessageContaining("rules[0].prefix: training-logs/ (expected: audit-events/ or other-logs/)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [ 1, 2                                                            | expected: JSON
            {"rules": []}                                                     | rules: none (expected: at least one)
            {"rule": []}                                                      | document: rule (expected: an object with rules
            {"rules": [], "version": 1}                                       | document: rules, version
            {"rules": [7]}                                                    | rules[0]: 7 (expected: an object)
            {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Archive", "days": 3}]} | rules[0]: days (expected: prefix, age and action)
            {"rules": [{"prefix": "training-logs/", "age": "30d", "action": "Archive"}]}  | rules[0].prefix: training-logs/ (expected: audit-events/)
            {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Delete"}]}    | rules: Delete of audit-events/ after 30d (expected: a rule that archives it at that age or before)
            {"rules": [RULE, {"prefix": "audit-events/", "age": "29d", "action": "Delete"}]} | rules: Delete of audit-events/ after 29d
            {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Drop"}]}      | rules[0].action: Drop (expected: Archive or Delete)
            {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "archive"}]}   | rules[0].action: archive (expected: Archive or Delete)
            {"rules": [{"prefix": "audit-events/", "age": "1w", "action": "Archive"}]}    | rules[0].age: 1w (expected: 1d to 9999d)
            {"rules": [{"prefix": "audit-events/", "age": "0d", "action": "Archive"}]}    | rules[0].age: 0d (expected: 1d to 9999d)
            {"rules": [{"prefix": "audit-events/", "age": 30, "action": "Archive"}]}      | rules[0].age: 30 (expected: a text)
            {"rules": [{"prefix": "audit-events/", "action": "Archive"}]}                 | rules[0].age: missing (expected: a text)
            {"rules": [{"prefix": "a", "prefix": "b"}]}                       | Duplicate field 'prefix'
            {"rules": [RULE, RULE]}                                           | rules[1]: audit-events/ (expected: one rule for a prefix and an action)
            {"rules": [RULE]} more                                            | expected: JSON
            """)
    void refusesWhatOnlyLooksLikeRules(String json, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifecycleReader.read(json.replace("RULE", RULE), List.of()))
                .withMessageContaining(expected);
    }
}
