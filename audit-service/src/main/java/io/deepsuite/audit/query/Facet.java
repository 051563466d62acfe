package io.deepsuite.audit.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What events are counted by; each is named as the filter that takes its values. */
enum Facet {
    OPERATION("operation", "e.operation"),
    ACTION("action", "e.action"),
    OUTCOME("outcome", "e.outcome"),
    REASON("reason", "e.reason"),
    ACTOR_TYPE("actorType", "e.actor_type"),
    /** By name, or by id where there is no name. Persons are sealed, and counted by their hash; nothing leads from an event to somebody who was erased. */
    ACTOR(
            "actor",
            "coalesce(nullif(e.actor_name, ''), e.actor_id)",
            "CASE WHEN e.actor_name = '' AND e.actor_id = '' THEN"
                    + " (SELECT encode(k.subject, 'hex') FROM subject_key k WHERE k.key_id = e.personal_key) END"),
    RESOURCE_TYPE("resourceType", "e.resource_type"),
    RESOURCE_ID("resourceId", "e.resource_id"),
    SERVICE("service", "e.service"),
    NAMESPACE("namespace", "e.namespace");

    private final String word;
    private final String expression;
    private final String person;

    Facet(String word, String expression) {
        this(word, expression, "NULL::text");
    }

    Facet(String word, String expression, String person) {
        this.word = word;
        this.expression = expression;
        this.person = person;
    }

    static Optional<Facet> named(String word) {
        return Arrays.stream(values()).filter(facet -> facet.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Facet::word).toList();
    }

    /** Name in requests and answers. */
    String word() {
        return word;
    }

    /** Value in SQL, of the row {@code e}. */
    String expression() {
        return expression;
    }

    /** Hash of the sealed person in SQL, hexadecimal; NULL where there is none. Apart from the value, as a value can be any text that a caller likes. */
    String person() {
        return person;
    }
}
