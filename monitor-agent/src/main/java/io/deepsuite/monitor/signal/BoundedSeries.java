package io.deepsuite.monitor.signal;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Values by name, in order of name, never more than a bound. */
final class BoundedSeries<T> {

    private final ConcurrentSkipListMap<String, T> values = new ConcurrentSkipListMap<>();
    private final String what;
    private final int bound;

    /**
     * Makes an empty series.
     *
     * @param what plural noun for messages
     * @param bound most names, 1 or more
     */
    BoundedSeries(String what, int bound) {
        this.what = what;
        this.bound = bound;
    }

    /** The value of a name; made when absent. Fails with {@link ErrorReason#OVERLOADED} when the bound is reached. */
    synchronized T get(String name, Function<String, T> make) {
        T known = values.get(name);
        if (known != null) {
            return known;
        }
        if (values.size() >= bound) {
            throw new DeepsuiteException(
                    ErrorReason.OVERLOADED,
                    "%s: '%s' would be one more than %d (expected: a known one, or a higher bound)"
                            .formatted(what, name, bound),
                    Map.of("bound", String.valueOf(bound)));
        }
        T made = make.apply(name);
        values.put(name, made);
        return made;
    }

    Map<String, T> all() {
        return values;
    }
}
