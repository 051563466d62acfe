package io.deepsuite.audit.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.Events;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.PersonalState;
import io.deepsuite.journal.subject.DataKey;
import io.deepsuite.journal.subject.FileKeyWrapper;
import io.deepsuite.journal.subject.KeyWrapper;
import io.deepsuite.journal.subject.PersonalSeal;
import io.deepsuite.journal.subject.SealBrokenException;
import io.deepsuite.journal.subject.Subject;
import io.deepsuite.journal.subject.SubjectHasher;
import io.deepsuite.journal.subject.WrappedKey;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectServiceTest {

    private static final SubjectKeyWindow ALWAYS =
            SubjectKeyWindow.around(SubjectKeyWindow.PAST, SubjectKeyWindow.FUTURE);

    private static final Instant EVENT_TIME = Instant.ofEpochSecond(Events.SECONDS + 1);
    private static final SubjectHasher HASHER = new SubjectHasher(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private static final Subject MEI = HASHER.subject("acme", "user-1");

    private static final String OLD = "11".repeat(32);
    private static final String NEW = "22".repeat(32);

    @TempDir
    Path directory;

    private final DataKey key = DataKey.create(InstantSource.system(), new SecureRandom());
    private final Shelf shelf = new Shelf();
    private final Deque<Instant> times = new ArrayDeque<>();

    @Test
    void showsPlainEventsAsTheyAre() {
        var event = Events.event(1);

        assertThat(open(event)).isEqualTo(AuditEventProtoMapper.toJson(bytes(event)));
    }

    @Test
    void opensWhatWasSealed() {
        // Given
        var event = Events.event(1);
        var sealed = sealed(event);
        shelf.keys.put(key.id(), present(key.id()));

        // Then
        assertThat(open(sealed)).isEqualTo(AuditEventProtoMapper.toJson(bytes(event)));
    }

    @Test
    void saysThatAPersonWasErased() {
        // Given
        var sealed = sealed(Events.event(1));
        shelf.keys.put(key.id(), new StoredKey.Erased());

        // Then
        assertThat(open(sealed))
                .contains("\"personalState\":\"PERSONAL_STATE_ERASED\"", "\"type\":\"ACTOR_TYPE_USER\"")
                .contains(key.id().toString(), "demo-app", "request-1")
                .doesNotContain("mei", "user-1", "\"sealed\"");
    }

    @Test
    void saysThatAKeyHasNotComeWhenTheEventIsOld() {
        times.add(EVENT_TIME.plus(Duration.ofHours(1)));

        assertThat(open(sealed(Events.event(1)))).contains("PERSONAL_STATE_UNAVAILABLE");
        assertThat(shelf.asked).isEqualTo(1);
    }

    @Test
    void waitsForTheKeyOfAYoungEvent() {
        // Given
        shelf.after(3, key.id(), present(key.id()));

        // Then
        assertThat(open(sealed(Events.event(1)))).contains("\"name\":\"mei\"");
        assertThat(shelf.asked).isEqualTo(3);
    }

    @Test
    void doesNotWaitForEver() {
        // Given
        times.addAll(List.of(EVENT_TIME, EVENT_TIME, EVENT_TIME.plusSeconds(1), EVENT_TIME.plusSeconds(2)));

        // Then
        assertThat(open(sealed(Events.event(1)))).contains("PERSONAL_STATE_UNAVAILABLE");
    }

    @Test
    void saysThatAKeyOfAnotherInstallationOpensNothing() {
        // Given
        var sealed = sealed(Events.event(1));
        shelf.keys.put(
                key.id(), new StoredKey.Present(MEI, new WrappedKey(key.id(), "kek-of-others", ByteString.EMPTY)));

        // Then
        assertThat(open(sealed)).contains("PERSONAL_STATE_UNAVAILABLE").doesNotContain("mei");
    }

    @Test
    void readsWhatWasWrappedBeforeTheWrappingKeyWasReplaced() throws IOException {
        // Given: one event of each time
        var before = stored(Events.event(1), wrapping(OLD));
        var rotated = wrapping(NEW, OLD);
        var after = stored(Events.event(2), rotated);

        // When
        var opened = service(rotated).open(List.of(before, after)).await().indefinitely();

        // Then
        assertThat(opened)
                .containsExactly(
                        AuditEventProtoMapper.toJson(bytes(Events.event(1))),
                        AuditEventProtoMapper.toJson(bytes(Events.event(2))));
        assertThat(shelf.wrappingKeys()).hasSize(2);
        // a replica that has not got the new key yet opens what was wrapped with the old one
        assertThat(service(wrapping(OLD)).open(List.of(before)).await().indefinitely())
                .containsExactly(opened.getFirst());
    }

    @Test
    void hidesThePersonsWhoseWrappingKeyWasWithdrawnAndNoOthers() throws IOException {
        // Given
        var before = stored(Events.event(1), wrapping(OLD));
        var after = stored(Events.event(2), wrapping(NEW, OLD));

        // When
        var opened = service(wrapping(NEW)).open(List.of(before, after)).await().indefinitely();

        // Then
        assertThat(opened.getFirst())
                .contains("PERSONAL_STATE_UNAVAILABLE", "request-1")
                .doesNotContain("mei", "user-1");
        assertThat(opened.getLast()).isEqualTo(AuditEventProtoMapper.toJson(bytes(Events.event(2))));
        // the old line put back, nothing is lost
        assertThat(service(wrapping(NEW, OLD)).open(List.of(before)).await().indefinitely())
                .containsExactly(AuditEventProtoMapper.toJson(bytes(Events.event(1))));
    }

    @Test
    void saysThatAForgedEventCannotBeOpened() {
        // Given
        var forged = sealed(Events.event(1)).setId(Events.event(2).getId());
        shelf.keys.put(key.id(), present(key.id()));

        // Then
        assertThat(open(forged)).contains("PERSONAL_STATE_UNAVAILABLE");
    }

    @Test
    void doesNotBelieveARecordThatSaysItWasErased() {
        // Given
        var lying = Events.event(1);
        lying.getActorBuilder().setPersonalState(PersonalState.PERSONAL_STATE_ERASED);

        // Then
        assertThat(open(lying)).contains("\"name\":\"mei\"").doesNotContain("personalState");
    }

    @Test
    void keepsTheOrderOfEvents() {
        // Given
        shelf.keys.put(key.id(), present(key.id()));
        var first = sealed(Events.event(1));
        var second = Events.event(2);

        // When
        var opened =
                service().open(List.of(bytes(second), bytes(first))).await().indefinitely();

        // Then
        assertThat(opened)
                .containsExactly(
                        AuditEventProtoMapper.toJson(bytes(second)),
                        AuditEventProtoMapper.toJson(bytes(Events.event(1))));
    }

    @Test
    void findsKeysByIdAndByName() {
        // Given
        var named = new SubjectKeyId(key.id(), Instant.parse("2026-11-22T10:00:00Z"));
        shelf.ids.put(MEI.hmac(), List.of(named));
        shelf.ids.put(HASHER.name("acme", "mei"), List.of(named));

        // Then
        assertThat(service().keysOf("acme", "user-1", ALWAYS).await().indefinitely())
                .containsExactly(named);
        assertThat(service().keysOf("acme", "mei", ALWAYS).await().indefinitely())
                .containsExactly(named);
        assertThat(service().keysOf("other", "mei", ALWAYS).await().indefinitely())
                .isEmpty();
    }

    /** Seals an event under a key of its own, and stores the key as the wrapper gives it. */
    private byte[] stored(AuditEvent.Builder event, KeyWrapper wrapper) {
        var own = DataKey.create(InstantSource.system(), new SecureRandom());
        var sealed = event.build().toBuilder();
        new PersonalSeal().seal(sealed, own);
        shelf.keys.put(own.id(), new StoredKey.Present(MEI, wrapper.wrap(own, MEI)));
        return bytes(sealed);
    }

    private KeyWrapper wrapping(String... keys) throws IOException {
        return new FileKeyWrapper(Files.writeString(directory.resolve("wrapping-keys"), String.join("\n", keys)));
    }

    private String open(AuditEvent.Builder event) {
        return service().open(List.of(bytes(event))).await().indefinitely().getFirst();
    }

    private static byte[] bytes(AuditEvent.Builder event) {
        return event.build().toByteArray();
    }

    private AuditEvent.Builder sealed(AuditEvent.Builder event) {
        var sealed = event.build().toBuilder();
        new PersonalSeal().seal(sealed, key);
        return sealed;
    }

    private static StoredKey present(UUID id) {
        return new StoredKey.Present(MEI, new WrappedKey(id, "kek-1", ByteString.EMPTY));
    }

    private SubjectService service() {
        return service(new Wrapper());
    }

    private SubjectService service(KeyWrapper wrapper) {
        return new SubjectService(shelf, HASHER, wrapper, new Config(), this::now);
    }

    /** The times in their order, the last one from then on. */
    private Instant now() {
        if (times.isEmpty()) {
            return EVENT_TIME;
        }
        return times.size() > 1 ? times.removeFirst() : times.getFirst();
    }

    /** Knows one key. */
    private final class Wrapper implements KeyWrapper {

        @Override
        public WrappedKey wrap(DataKey wrapped, Subject subject) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataKey unwrap(WrappedKey wrapped, Subject subject) throws SealBrokenException {
            if (!wrapped.wrappingKeyId().equals("kek-1") || !subject.equals(MEI)) {
                throw new SealBrokenException("unknown");
            }
            return key;
        }
    }

    /** Keys in memory. */
    private static final class Shelf implements SubjectKeys {

        private final Map<UUID, StoredKey> keys = new HashMap<>();
        private final Map<String, List<SubjectKeyId>> ids = new HashMap<>();
        private int asked;
        private int comes;
        private Map<UUID, StoredKey> coming = Map.of();

        Set<String> wrappingKeys() {
            return keys.values().stream()
                    .map(StoredKey.Present.class::cast)
                    .map(present -> present.wrapped().wrappingKeyId())
                    .collect(Collectors.toSet());
        }

        void after(int questions, UUID id, StoredKey key) {
            comes = questions;
            coming = Map.of(id, key);
        }

        @Override
        public Uni<Map<UUID, StoredKey>> find(Collection<UUID> wanted) {
            return Uni.createFrom().item(() -> {
                if (++asked == comes) {
                    keys.putAll(coming);
                }
                Map<UUID, StoredKey> found = new HashMap<>(keys);
                found.keySet().retainAll(wanted);
                return found;
            });
        }

        @Override
        public Uni<List<SubjectKeyId>> ids(Subject subject, String nameHmac, SubjectKeyWindow window) {
            return Uni.createFrom().item(ids.getOrDefault(subject.hmac(), ids.getOrDefault(nameHmac, List.of())));
        }

        @Override
        public Uni<List<UUID>> lateIds(Subject subject, String nameHmac, Instant from, Instant to) {
            return ids(subject, nameHmac, SubjectKeyWindow.between(from, to, 0))
                    .map(found -> found.stream().map(SubjectKeyId::id).toList());
        }
    }

    /** The defaults. */
    private record Config() implements SubjectKeyConfig {

        @Override
        public Duration minBackoff() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration maxBackoff() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration keyDelay() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(2);
        }
    }
}
