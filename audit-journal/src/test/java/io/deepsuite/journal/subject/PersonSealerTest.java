package io.deepsuite.journal.subject;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.file.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PersonSealerTest {

    private final MemoryWrapper wrapper = new MemoryWrapper();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final PersonSealer sealer = sealer(100);

    @Test
    void sealsAPersonUnderAKeyThatOpensTheEventAgain() throws SealBrokenException {
        // Given
        var event = event(1, "1", "mei");
        var sealed = event.clone();

        // When
        var key = carried(sealed);

        // Then
        var subject = Sealers.HASHER.subject("default", "1");
        assertThat(HexFormat.of().formatHex(key.getSubject().toByteArray())).isEqualTo(subject.hmac());
        assertThat(HexFormat.of().formatHex(key.getSubjectName().toByteArray()))
                .isEqualTo(Sealers.HASHER.name("default", "mei"));
        assertThat(key.getTenant()).isEqualTo("default");
        assertThat(key.getCreated().getSeconds()).isEqualTo(now.getEpochSecond());
        assertThat(sealed.getPersonal().getKeyId()).isEqualTo(key.getKeyId());
        var opener = wrapper.unwrap(
                new WrappedKey(UUID.fromString(key.getKeyId()), key.getWrappingKeyId(), key.getWrappedKey()), subject);
        assertThat(PersonalSeal.open(sealed.build(), opener)).isEqualTo(event.build());
    }

    @Test
    void carriesAKeyUntilItIsKept() {
        // Given
        var first = seal(event(1, "1", "mei"));
        var second = seal(event(2, "1", "mei"));
        assertThat(second)
                .isInstanceOfSatisfying(
                        PersonSealer.Carried.New.class,
                        key -> assertThat(key.message()).isEqualTo(((PersonSealer.Carried.New) first).message()));

        // When
        ((PersonSealer.Carried.New) second).kept();

        // Then
        assertThat(seal(event(3, "1", "mei"))).isInstanceOf(PersonSealer.Carried.Nothing.class);
    }

    @Test
    void givesEachPersonNameAndTenantAKeyOfItsOwn() {
        var key = carried(event(1, "1", "mei")).getKeyId();

        assertThat(carried(event(2, "2", "mei")).getKeyId()).isNotEqualTo(key);
        assertThat(carried(event(3, "1", "mei.lin")).getKeyId()).isNotEqualTo(key);
        assertThat(carried(event(4, "1", "mei").setTenant("other")).getKeyId()).isNotEqualTo(key);
        assertThat(carried(event(5, "1", "mei")).getKeyId()).isEqualTo(key);
    }

    @Test
    void takesAMissingTenantForTheDefaultOne() {
        assertThat(carried(event(1, "1", "mei").clearTenant())).isEqualTo(carried(event(2, "1", "mei")));
    }

    @Test
    void makesAnotherKeyAfterItsLife() {
        // Given
        var key = carried(event(1, "1", "mei")).getKeyId();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(carried(event(2, "1", "mei")).getKeyId()).isEqualTo(key);

        // When
        now = now.plus(Duration.ofMinutes(1));

        // Then
        assertThat(carried(event(3, "1", "mei")).getKeyId()).isNotEqualTo(key);
    }

    @Test
    void makesAnotherKeyWhenTheClockGoesBackBehindItsBeginning() {
        var key = carried(event(1, "1", "mei")).getKeyId();
        now = now.minusSeconds(1);

        assertThat(carried(event(2, "1", "mei")).getKeyId()).isNotEqualTo(key);
    }

    @Test
    void forgetsThePersonWhoWasNotSeenForLongest() {
        // Given
        var small = sealer(2);
        var mei = carried(small, event(1, "1", "mei")).getKeyId();
        var lin = carried(small, event(2, "2", "lin")).getKeyId();
        assertThat(carried(small, event(3, "1", "mei")).getKeyId()).isEqualTo(mei);

        // When
        carried(small, event(4, "3", "adam"));

        // Then
        assertThat(carried(small, event(5, "1", "mei")).getKeyId()).isEqualTo(mei);
        assertThat(carried(small, event(6, "2", "lin")).getKeyId()).isNotEqualTo(lin);
    }

    @Test
    void leavesAccountsAndSealedEventsAlone() {
        // Given
        var account = event(1, "1", "scheduler");
        account.getActorBuilder().setType(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT);
        var before = account.build();
        var sealed = event(2, "1", "mei");
        carried(sealed);
        var once = sealed.build();

        // Then
        assertThat(seal(account)).isInstanceOf(PersonSealer.Carried.Nothing.class);
        assertThat(account.build()).isEqualTo(before);
        assertThat(seal(sealed)).isInstanceOf(PersonSealer.Carried.Nothing.class);
        assertThat(sealed.build()).isEqualTo(once);
    }

    private PersonSealer sealer(int keysAtHand) {
        return new PersonSealer(new PersonKeys(Sealers.HASHER, wrapper, new Sealers.Config(keysAtHand), () -> now));
    }

    private PersonSealer.Carried seal(AuditEvent.Builder event) {
        return sealer.seal(event);
    }

    private SubjectKey carried(AuditEvent.Builder event) {
        return carried(sealer, event);
    }

    private static SubjectKey carried(PersonSealer sealer, AuditEvent.Builder event) {
        return switch (sealer.seal(event)) {
            case PersonSealer.Carried.New key -> key.message();
            case PersonSealer.Carried.Nothing _ -> throw new AssertionError("no key");
        };
    }

    private static AuditEvent.Builder event(int number, String id, String name) {
        return Events.event(number)
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId(id)
                        .setName(name));
    }
}
