package io.deepsuite.audit.event;

/**
 * A journal between its opening and its end: one unbroken sequence of numbers.
 *
 * @param service service name
 * @param instance replica
 * @param boot opening of the replica's journal, from 1
 */
public record SourceId(String service, String instance, long boot) {

    @Override
    public String toString() {
        return service + "/" + instance + "/" + boot;
    }
}
