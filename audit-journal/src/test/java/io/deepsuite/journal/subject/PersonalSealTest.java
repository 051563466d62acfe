package io.deepsuite.journal.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PersonalSealTest {

    private static final String EVENT_ID = "01980000-0000-7000-8000-000000000001";

    private final PersonalSeal seal = new PersonalSeal();
    private final DataKey key = DataKey.create(InstantSource.system(), new SecureRandom());

    @Property(tries = 200)
    void opensWhatItSealed(@ForAll @StringLength(max = 300) String id, @ForAll @StringLength(max = 300) String name)
            throws SealBrokenException {
        // Given
        var event = event(wellFormed(id), wellFormed(name)).build();
        var sealed = event.toBuilder();

        // When
        seal.seal(sealed, key);

        // Then
        assertThat(PersonalSeal.open(sealed.build(), key)).isEqualTo(event);
    }

    @Test
    void leavesNoPersonalFieldReadable() {
        // Given
        var event = event("6d1f-mei", "mei");

        // When
        seal.seal(event, key);

        // Then
        assertThat(event.build().toByteString().toString(StandardCharsets.ISO_8859_1))
                .doesNotContain("mei", "192.0.2.7", "session-a")
                .contains("client-a", "workload-a");
        assertThat(PersonalSeal.isOfPerson(event)).isFalse();
    }

    @Test
    void doesNotTellTheLengthOfAName() {
        // Given
        var one = event("1", "a");
        var other = event("1", "a much longer name of a person");

        // When
        seal.seal(one, key);
        seal.seal(other, key);

        // Then
        assertThat(one.getPersonal().getSealed().size())
                .isEqualTo(other.getPersonal().getSealed().size());
    }

    @Test
    void refusesEveryChangedByte() {
        var event = event("1", "mei");
        seal.seal(event, key);
        byte[] sealed = event.getPersonal().getSealed().toByteArray();
        for (int i = 0; i < sealed.length; i++) {
            // Given
            var changed = sealed.clone();
            changed[i] ^= (byte) 1;
            var forged = event.build().toBuilder();
            forged.getPersonalBuilder().setSealed(ByteString.copyFrom(changed));

            // Then
            assertThatThrownBy(() -> PersonalSeal.open(forged.build(), key))
                    .as("byte %d", i)
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesFieldsThatWereCut() {
        // Given
        var event = event("1", "mei");
        seal.seal(event, key);
        event.getPersonalBuilder().setSealed(event.getPersonal().getSealed().substring(0, 28));

        // Then
        assertThatThrownBy(() -> PersonalSeal.open(event.build(), key)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesFieldsOfAnotherEvent() {
        // Given
        var event = event("1", "mei");
        seal.seal(event, key);
        event.setId("01980000-0000-7000-8000-000000000002");

        // Then
        assertThatThrownBy(() -> PersonalSeal.open(event.build(), key)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesFieldsOfAnotherTenant() {
        // Given
        var event = event("1", "mei");
        seal.seal(event, key);
        event.setTenant("other");

        // Then
        assertThatThrownBy(() -> PersonalSeal.open(event.build(), key)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAnotherKey() {
        // Given
        var event = event("1", "mei");
        seal.seal(event, key);
        var other = new DataKey(
                key.id(),
                DataKey.create(InstantSource.system(), new SecureRandom()).secret());

        // Then
        assertThatThrownBy(() -> PersonalSeal.open(event.build(), other)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void sealsPersonsOnly() {
        // Given
        var account = event("1", "scheduler");
        account.getActorBuilder().setType(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT);

        // Then
        assertThat(PersonalSeal.isOfPerson(account)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seal.seal(account, key))
                .withMessage("event: actor type ACTOR_TYPE_SERVICE_ACCOUNT, id of 36 characters"
                        + " (expected: a person's, with an id)");
    }

    @Test
    void sealsAnEventOnce() {
        // Given
        var event = event("1", "mei");
        seal.seal(event, key);

        // Then
        assertThatIllegalArgumentException().isThrownBy(() -> seal.seal(event, key));
    }

    private static AuditEvent.Builder event(String id, String name) {
        return AuditEvent.newBuilder()
                .setId(EVENT_ID)
                .setTenant("default")
                .setAction("inference.chat")
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId(id)
                        .setName(name)
                        .setWorkload("workload-a")
                        .setClientId("client-a")
                        .setSourceAddress("192.0.2.7")
                        .setSessionId("session-a"));
    }

    /** UTF-8 has no lone surrogates, so no event has. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
