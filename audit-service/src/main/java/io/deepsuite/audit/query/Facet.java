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
            "coalesce(nullif(e.actor_name, ''), nullif(e.actor_id, '')," + " (SELECT '" + Facet.SEALED
                    + "' || encode(k.subject, 'hex') FROM subject_key k WHERE k.key_id = e.personal_key), '')"),
    RESOURCE_TYPE("resourceType", "e.resource_type"),
    RESOURCE_ID("resourceId", "e.resource_id"),
    SERVICE("service", "e.service"),
    NAMESPACE("namespace", "e.namespace");

    /** What a value begins with that is the hash of a person. */
    static final String SEALED = "sealed:";

    private final String word;
    private final String expression;

    Facet(String word, String expression) {
        this.word = word;
        this.expression = expression;
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
}
