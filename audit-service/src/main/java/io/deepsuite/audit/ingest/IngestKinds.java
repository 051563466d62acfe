package io.deepsuite.audit.ingest;

import io.deepsuite.audit.kind.EventKind;
import io.deepsuite.audit.kind.KindStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The numbers of the kinds that events have. They never change, so each is asked for once. */
@ApplicationScoped
public class IngestKinds {

    /** A suite has some hundreds. More than this are of somebody who makes values up, and not worth the memory. */
    private static final int MOST = 20_000;

    private final Function<Collection<EventKind>, Uni<Map<EventKind, Integer>>> numbering;
    private final Map<EventKind, Integer> known = new ConcurrentHashMap<>();

    @Inject
    IngestKinds(KindStore store) {
        this(store::number);
    }

    /** @param numbering gives kinds their numbers, for ever */
    IngestKinds(Function<Collection<EventKind>, Uni<Map<EventKind, Integer>>> numbering) {
        this.numbering = numbering;
    }

    /** Number of each arrival's kind, in the order of the arrivals. */
    Uni<List<Integer>> of(List<Arrival> arrivals) {
        var kinds =
                arrivals.stream().map(arrival -> EventKind.of(arrival.event())).toList();
        Map<EventKind, Integer> numbers = new HashMap<>();
        Set<EventKind> unknown = new HashSet<>();
        for (var kind : kinds) {
            var number = known.get(kind);
            if (number == null) {
                unknown.add(kind);
            } else {
                numbers.put(kind, number);
            }
        }
        return complete(numbers, unknown)
                .map(all -> kinds.stream().map(all::get).toList());
    }

    private Uni<Map<EventKind, Integer>> complete(Map<EventKind, Integer> numbers, Set<EventKind> unknown) {
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(numbers);
        }
        return numbering.apply(unknown).map(found -> {
            if (known.size() + found.size() > MOST) {
                known.clear();
            }
            known.putAll(found);
            numbers.putAll(found);
            return numbers;
        });
    }
}
