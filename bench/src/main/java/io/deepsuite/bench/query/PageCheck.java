package io.deepsuite.bench.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** Holds answers against what the trail has: a page that is quick because it is wrong is no measurement. */
final class PageCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** From here on the trail has what is rare; a smaller one may do without. */
    private static final long LARGE = 1_000_000;

    private final Trail trail;

    PageCheck(Trail trail) {
        this.trail = trail;
    }

    /**
     * Checks a page.
     *
     * @return number of its events
     * @throws IllegalStateException if an event of the trail hides its person, or one is not of the actor who was asked for, or the page is empty and should not be, or
     *     the other way round
     */
    int events(Question question, String body) {
        var events = parse(body).path("events");
        for (var event : events) {
            checkPerson(question, event);
        }
        checkSize(question, events.size());
        return events.size();
    }

    private void checkPerson(Question question, JsonNode event) {
        var actor = event.path("actor");
        // the auditor's own calls are newer than the trail, and their keys may be on their way
        if (actor.has("personalState")
                && Instant.parse(event.path("time").asText()).isBefore(trail.end())) {
            throw wrong(
                    question,
                    "the person of event %s is closed"
                            .formatted(event.path("id").asText()));
        }
        var expected = question.actor();
        if (!expected.isEmpty() && !actor.path("id").asText().equals(expected)) {
            throw wrong(
                    question,
                    "actor %s (expected: %s)".formatted(actor.path("id").asText(), expected));
        }
    }

    private void checkSize(Question question, int events) {
        boolean right = switch (question.sort()) {
            case COMMON, OLD -> events > 0;
            case RARE -> events > 0 || trail.rows() < LARGE;
            case ABSENT -> events == 0;
        };
        if (!right) {
            throw wrong(question, "%d events on a page".formatted(events));
        }
    }

    private static IllegalStateException wrong(Question question, String what) {
        return new IllegalStateException("%s, %s: %s".formatted(question.filter(), question.sort(), what));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }
}
