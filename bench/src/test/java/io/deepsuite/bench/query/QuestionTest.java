package io.deepsuite.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.bench.query.Question.Sort;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuestionTest {

    private static final Trail TRAIL =
            new Trail(60_000, Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));

    @Test
    void asksForPersonsByNameAndById() {
        // When
        var ofPersons = Question.all(TRAIL).stream()
                .filter(question -> question.filter().contains("person"))
                .collect(Collectors.groupingBy(
                        Question::filter, Collectors.mapping(Question::sort, Collectors.toList())));

        // Then
        assertThat(ofPersons)
                .hasSize(2)
                .allSatisfy((_, sorts) -> assertThat(sorts).containsExactlyInAnyOrder(Sort.values()));
    }

    @Test
    void asksForABusyPersonWhoIsThereAllTheTimeAndForOneWhoLeft() {
        // When
        var busy = places(Trail.BUSY_PERSON);
        var old = places(Trail.OLD_PERSON);

        // Then
        assertThat(busy).hasSizeGreaterThan((int) TRAIL.rows() / 50);
        assertThat(busy.getFirst()).isLessThan(TRAIL.rows() / 100);
        assertThat(busy.getLast()).isGreaterThan(TRAIL.rows() * 99 / 100);
        assertThat(old).isNotEmpty().allMatch(number -> number < TRAIL.rows() / 6);
    }

    private static List<Long> places(String person) {
        return LongStream.range(0, TRAIL.rows())
                .filter(number -> {
                    var actor = TRAIL.event(number).getActor();
                    return actor.getType() == ActorType.ACTOR_TYPE_USER
                            && actor.getName().equals(person);
                })
                .boxed()
                .toList();
    }
}
