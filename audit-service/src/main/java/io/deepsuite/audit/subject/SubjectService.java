package io.deepsuite.audit.subject;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.journal.subject.DataKey;
import io.deepsuite.journal.subject.KeyWrapper;
import io.deepsuite.journal.subject.SealBrokenException;
import io.deepsuite.journal.subject.SubjectHasher;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens events for readers who may see persons, and finds the keys of a person. Keys are read for each answer and kept nowhere, so that an erased one opens
 * nothing from the same moment on, in every replica.
 */
@ApplicationScoped
@Startup // a missing secret stops the start, not the first answer
public class SubjectService {

    private static final Logger LOGGER = LoggerFactory.getLogger(SubjectService.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SubjectKeys store;
    private final SubjectHasher hasher;
    private final KeyWrapper wrapper;
    private final SubjectKeyConfig config;
    private final InstantSource clock;

    SubjectService(
            SubjectKeys store, SubjectHasher hasher, KeyWrapper wrapper, SubjectKeyConfig config, InstantSource clock) {
        this.store = store;
        this.hasher = hasher;
        this.wrapper = wrapper;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Shows stored events with their persons. An event whose person was erased, or whose key is not there, is shown without, and says so in
     * {@code actor.personalState}.
     *
     * @param stored exact bytes of events
     * @return proto3 JSON of each, in the same order; fails with {@link io.deepsuite.servicekit.error.ErrorReason#DATABASE_UNAVAILABLE}
     */
    public Uni<List<String>> open(List<byte[]> stored) {
        var events = stored.stream().map(PersonalEvent::of).toList();
        if (events.stream().allMatch(event -> event.keyId().isEmpty())) {
            return Uni.createFrom().item(() -> json(events, Map.of()));
        }
        return keys(events, clock.instant().plus(config.patience())).map(keys -> json(events, keys));
    }

    /**
     * Keys whose events speak of somebody.
     *
     * @param actor id or name of the person
     * @return the keys, newest first; none when nobody is known by it, or everybody who was is erased
     */
    public Uni<List<SubjectKeyId>> keysOf(String tenant, String actor, SubjectKeyWindow window) {
        return told(store.ids(hasher.subject(tenant, actor), hasher.name(tenant, actor), window));
    }

    /**
     * Keys whose late events speak of somebody: events that came more than a day after they were begun, and so may be out of {@link SubjectKeyWindow#REACH}.
     *
     * @param actor id or name of the person
     * @param from earliest time of the events, inclusive
     * @param to latest time of the events, inclusive
     */
    public Uni<List<UUID>> lateKeysOf(String tenant, String actor, Instant from, Instant to) {
        return told(store.lateIds(hasher.subject(tenant, actor), hasher.name(tenant, actor), from, to));
    }

    private Uni<Map<UUID, StoredKey>> keys(List<PersonalEvent> events, Instant deadline) {
        var ids = events.stream().flatMap(event -> event.keyId().stream()).collect(Collectors.toSet());
        return told(store.find(ids))
                .chain(found -> isComing(events, found) && clock.instant().isBefore(deadline)
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(PAUSE)
                                .chain(() -> keys(events, deadline))
                        : Uni.createFrom().item(found));
    }

    /** Whether a key that is missing may still be on its way. */
    private boolean isComing(List<PersonalEvent> events, Map<UUID, StoredKey> found) {
        var young = clock.instant().minus(config.keyDelay());
        return events.stream()
                .filter(event -> event.time().isAfter(young))
                .flatMap(event -> event.keyId().stream())
                .anyMatch(id -> !found.containsKey(id));
    }

    private List<String> json(List<PersonalEvent> events, Map<UUID, StoredKey> stored) {
        var ids = events.stream().flatMap(event -> event.keyId().stream()).collect(Collectors.toSet());
        var keys = unwrap(ids, stored);
        return events.stream().map(event -> json(event, stored, keys)).toList();
    }

    private static String json(PersonalEvent event, Map<UUID, StoredKey> stored, Map<UUID, DataKey> keys) {
        if (event.keyId().isEmpty()) {
            return event.plain();
        }
        var id = event.keyId().get();
        return switch (Optional.ofNullable(stored.get(id)).orElseGet(StoredKey.Missing::new)) {
            case StoredKey.Erased _ -> event.erased();
            case StoredKey.Missing _ -> event.unavailable();
            case StoredKey.Present _ ->
                Optional.ofNullable(keys.get(id)).map(event::opened).orElseGet(event::unavailable);
        };
    }

    private Map<UUID, DataKey> unwrap(Collection<UUID> ids, Map<UUID, StoredKey> stored) {
        Map<UUID, DataKey> keys = new HashMap<>();
        for (var id : ids) {
            if (stored.get(id) instanceof StoredKey.Present(var subject, var wrapped)) {
                try {
                    keys.put(id, wrapper.unwrap(wrapped, subject));
                } catch (SealBrokenException broken) {
                    LOGGER.atError()
                            .addKeyValue("keyId", id)
                            .setCause(broken)
                            .log("key of a person cannot be unwrapped");
                }
            }
        }
        return keys;
    }

    private <T> Uni<T> told(Uni<T> answer) {
        return DatabaseFailureStore.told(answer, config.timeout());
    }
}
