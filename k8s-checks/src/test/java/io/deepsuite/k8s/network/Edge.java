package io.deepsuite.k8s.network;

/**
 * One direction of traffic that is allowed.
 *
 * @param from name of the caller, as the picture has it
 * @param to name of what is called
 * @param port TCP unless it ends in /UDP; {@code *} for all
 */
public record Edge(String from, String to, String port) implements Comparable<Edge> {

    @Override
    public int compareTo(Edge other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "%s -> %s:%s".formatted(from, to, port);
    }
}
