package io.deepsuite.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.journal.subject.PersonalSeal;
import io.deepsuite.journal.subject.WrappedKey;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingProducerTest {

    private static final int HOUR = 3600;

    @TempDir
    private Path directory;

    private StackSubjects subjects;
    private SealingProducer producer;

    @BeforeEach
    void start() {
        subjects = StackSubjects.of(new StackDirectory(directory));
        producer = new SealingProducer(subjects);
    }

    @Test
    void sealsSoThatTheStackOpens() throws Exception {
        // Given
        var plain = event(ActorType.ACTOR_TYPE_USER, HOUR);

        // When
        var sealed = producer.seal(plain);

        // Then
        var key = sealed.key().orElseThrow();
        assertThat(sealed.event().getActor().getId()).isEmpty();
        assertThat(sealed.event().getActor().getName()).isEmpty();
        assertThat(sealed.event().getPersonal().getKeyId()).isEqualTo(key.getKeyId());
        var subject = subjects.hasher().subject("default", plain.getActor().getId());
        var opening = subjects.wrapper()
                .unwrap(
                        new WrappedKey(UUID.fromString(key.getKeyId()), key.getWrappingKeyId(), key.getWrappedKey()),
                        subject);
        assertThat(PersonalSeal.open(sealed.event(), opening)).isEqualTo(plain);
    }

    @Test
    void makesAKeyAnHourWhenAnEventNeedsIt() {
        // When
        var first = producer.seal(event(ActorType.ACTOR_TYPE_USER, HOUR / 2));
        var last = producer.seal(event(ActorType.ACTOR_TYPE_USER, HOUR / 2 + HOUR - 1));
        var next = producer.seal(event(ActorType.ACTOR_TYPE_USER, HOUR / 2 + HOUR));

        // Then
        assertThat(first.key()).isPresent();
        assertThat(last.key()).isEmpty();
        assertThat(last.event().getPersonal().getKeyId())
                .isEqualTo(first.event().getPersonal().getKeyId());
        assertThat(next.key().map(SubjectKey::getCreated).map(Timestamp::getSeconds))
                .contains((long) HOUR / 2 + HOUR);
    }

    @Test
    void leavesAccountsAsTheyAre() {
        // Given
        var plain = event(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT, HOUR);

        // When
        var sealed = producer.seal(plain);

        // Then
        assertThat(sealed.event()).isEqualTo(plain);
        assertThat(sealed.key()).isEmpty();
    }

    private static AuditEvent event(ActorType type, long second) {
        return AuditEvent.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTenant("default")
                .setTime(Timestamp.newBuilder().setSeconds(second))
                .setActor(Actor.newBuilder()
                        .setType(type)
                        .setId("7d1c")
                        .setName("mei")
                        .setSourceAddress("10.0.0.1")
                        .setWorkload("app"))
                .build();
    }
}
