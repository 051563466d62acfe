package io.deepsuite.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.SealedPersonalFields;
import io.deepsuite.audit.v1.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventProtoMapperTest {

    @Test
    void readsTheColumnsAndKeepsTheBytes() {
        var bytes = Events.event(7).build().toByteArray();

        var read = AuditEventProtoMapper.read(bytes);

        assertThat(read)
                .isEqualTo(new ReadEvent.Valid(new IncomingEvent(
                        new EventKey(UUID.fromString("01900000-0000-7000-8000-000000000007"), "OUTCOME"),
                        Instant.ofEpochSecond(Events.SECONDS + 7, 123_456_000),
                        new SourcePosition("model-service", "model-0", 1, 7),
                        "local",
                        "acme",
                        "READ",
                        "inference.chat",
                        "SUCCESS",
                        "OK",
                        new IncomingEvent.EventActor("USER", "user-1", "mei", "demo-app", Optional.empty()),
                        new IncomingEvent.EventResource("model", "tiny-translate", "1.0.0"),
                        "request-7",
                        "",
                        Optional.empty(),
                        new EventBytes(bytes))));
    }

    @Test
    void readsWhereASourceEndedFromWhatJournalsSayOfThemselves() {
        var closed = Events.event(7).setAction("journal.close");
        var opened = Events.event(1)
                .setAction("journal.open")
                .setSource(Events.event(1).getSource().toBuilder().setBoot(4))
                .putAttributes("previous_boot", "3")
                .putAttributes("previous_sequence", "99");

        assertThat(Events.read(closed).end()).contains(new SourceEnd(new SourceId("model-service", "model-0", 1), 7));
        assertThat(Events.read(opened).end()).contains(new SourceEnd(new SourceId("model-service", "model-0", 3), 99));
        assertThat(Events.read(opened.putAttributes("previous_boot", "4")).end())
                .isEmpty();
        assertThat(Events.read(opened.putAttributes("previous_boot", "-3")).end())
                .isEmpty();
        assertThat(Events.read(opened.putAttributes("previous_boot", "3")
                                .putAttributes("previous_sequence", "1000000000000001"))
                        .end())
                .isEmpty();
        assertThat(Events.read(opened.clearAttributes()).end()).isEmpty();
    }

    @Test
    void takesAMissingTenantForTheDefaultOne() {
        assertThat(Events.read(Events.event(1).clearTenant()).tenant()).isEqualTo("default");
    }

    @Test
    void takesAnUnspecifiedPhaseForTheOutcome() {
        assertThat(Events.read(Events.event(1).clearPhase()).key().phase()).isEqualTo("OUTCOME");
    }

    @Test
    void readsAnIntentThatHasNoOutcomeYet() {
        var intent = Events.read(Events.event(1).setPhase(Phase.PHASE_INTENT).clearOutcome());

        assertThat(intent.key().phase()).isEqualTo("INTENT");
        assertThat(intent.outcome()).isEqualTo("UNSPECIFIED");
    }

    @Test
    void keepsFieldsOfNewerContracts() {
        var newer = Events.event(1)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                999,
                                UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                        .build());

        assertThat(Events.read(newer).bytes().array()).isEqualTo(newer.build().toByteArray());
    }

    @Test
    void readsWhichKeyOpensThePerson() {
        var sealed = Events.event(1)
                .setPersonal(SealedPersonalFields.newBuilder().setKeyId("0190aaaa-0000-4000-8000-000000000001"));

        assertThat(Events.read(sealed).actor().personalKey())
                .contains(UUID.fromString("0190aaaa-0000-4000-8000-000000000001"));
    }

    static Stream<Faulty> faultyEvents() {
        return Stream.of(
                new Faulty(
                        EventFault.PERSONAL_INVALID,
                        event -> event.setPersonal(
                                SealedPersonalFields.newBuilder().setKeyId("mei"))),
                new Faulty(EventFault.ID_INVALID, AuditEvent.Builder::clearId),
                new Faulty(EventFault.ID_INVALID, event -> event.setId("not a uuid")),
                new Faulty(EventFault.ID_INVALID, event -> event.setId("01900000-0000-7000-8000-00000000000A")),
                new Faulty(EventFault.ID_INVALID, event -> event.setId("1-2-3-4-5")),
                new Faulty(EventFault.TIME_INVALID, AuditEvent.Builder::clearTime),
                new Faulty(EventFault.TIME_INVALID, event -> event.setTime(Timestamp.getDefaultInstance())),
                new Faulty(
                        EventFault.TIME_INVALID,
                        event -> event.setTime(
                                Timestamp.newBuilder().setSeconds(1).setNanos(-1))),
                new Faulty(
                        EventFault.TIME_INVALID,
                        event -> event.setTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))),
                new Faulty(EventFault.SOURCE_INVALID, AuditEvent.Builder::clearSource),
                new Faulty(
                        EventFault.SOURCE_INVALID,
                        event -> event.setSource(Source.newBuilder()
                                .setService("s")
                                .setInstance("i")
                                .setBoot(1))),
                new Faulty(
                        EventFault.SOURCE_INVALID,
                        event -> event.setSource(event.getSource().toBuilder().setBoot(0))),
                new Faulty(
                        EventFault.SOURCE_INVALID,
                        event -> event.setSource(
                                event.getSource().toBuilder().setBoot(AuditEventProtoMapper.MAX_NUMBER + 1))),
                new Faulty(
                        EventFault.SOURCE_INVALID,
                        event -> event.setSource(event.getSource().toBuilder().setSequence(Long.MAX_VALUE))),
                new Faulty(EventFault.OPERATION_INVALID, AuditEvent.Builder::clearOperation),
                new Faulty(EventFault.OPERATION_INVALID, event -> event.setOperationValue(77)),
                new Faulty(EventFault.ACTION_INVALID, AuditEvent.Builder::clearAction),
                new Faulty(EventFault.OUTCOME_INVALID, AuditEvent.Builder::clearOutcome),
                new Faulty(EventFault.OUTCOME_INVALID, event -> event.setOutcomeValue(77)),
                new Faulty(EventFault.OUTCOME_INVALID, event -> event.setPhaseValue(77)),
                new Faulty(
                        EventFault.OUTCOME_INVALID,
                        event -> event.setPhase(Phase.PHASE_INTENT).setOutcome(Outcome.OUTCOME_SUCCESS)),
                new Faulty(EventFault.TEXT_INVALID, event -> event.setRequestId("a\0b")),
                new Faulty(EventFault.TEXT_INVALID, event -> event.setReason("x".repeat(1025))),
                new Faulty(EventFault.TEXT_INVALID, event -> event.setReason("请".repeat(342))),
                new Faulty(EventFault.TEXT_INVALID, event -> event.setTenant("x".repeat(257))));
    }

    @ParameterizedTest
    @MethodSource("faultyEvents")
    void refusesWhatCannotBeStored(Faulty faulty) {
        var event = faulty.change().apply(Events.event(1));

        var read = AuditEventProtoMapper.read(event.build().toByteArray());

        assertThat(read)
                .isInstanceOfSatisfying(
                        ReadEvent.Invalid.class,
                        invalid -> assertThat(invalid.fault()).isEqualTo(faulty.fault()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1})
    void takesTextsUpToTheBound(int length) {
        assertThat(Events.read(Events.event(1).setReason("x".repeat(length))).reason())
                .hasSize(length);
    }

    @Test
    void takesNumbersOfASourceUpToTheBound() {
        var highest = Events.event(1);
        highest.getSourceBuilder().setBoot(1_000_000_000_000_000L).setSequence(1_000_000_000_000_000L);

        assertThat(Events.read(highest).position())
                .isEqualTo(
                        new SourcePosition("model-service", "model-0", 1_000_000_000_000_000L, 1_000_000_000_000_000L));
    }

    @Test
    void saysWhichNumberOfASourceIsTooHigh() {
        var beyond = Events.event(1);
        beyond.getSourceBuilder().setSequence(1_000_000_000_000_001L);

        var read = AuditEventProtoMapper.read(beyond.build().toByteArray());

        assertThat(read)
                .isEqualTo(new ReadEvent.Invalid(
                        EventFault.SOURCE_INVALID,
                        "source: boot 1, sequence 1000000000000001 (expected: service, instance, boot and sequence from 1 to"
                                + " 1000000000000000)"));
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingThePayload() {
        var read = AuditEventProtoMapper.read(
                Events.event(1).setId("13812345678").build().toByteArray());

        assertThat(read)
                .isEqualTo(new ReadEvent.Invalid(EventFault.ID_INVALID, "id: 11 characters (expected: a UUID)"));
    }

    @Test
    void refusesARecordWithoutValue() {
        assertThat(AuditEventProtoMapper.read(null))
                .isEqualTo(new ReadEvent.Invalid(EventFault.VALUE_MISSING, "value: none (expected: an AuditEvent)"));
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] badAction = {(byte) (9 << 3 | 2), 1, (byte) 0xff};

        assertThat(AuditEventProtoMapper.read(badAction))
                .isEqualTo(new ReadEvent.Invalid(EventFault.UNPARSABLE, "value: 3 bytes (expected: an AuditEvent)"));
    }

    @Property(tries = 2000)
    void neverFailsWhateverTheBytes(@ForAll byte[] bytes) {
        assertThat(AuditEventProtoMapper.read(bytes)).isInstanceOf(ReadEvent.Invalid.class);
    }

    @Property(tries = 500)
    void neverFailsOnADamagedEvent(@ForAll int position, @ForAll byte replacement) {
        var bytes = Events.event(1).build().toByteArray();
        bytes[Math.floorMod(position, bytes.length)] = replacement;

        assertThat(AuditEventProtoMapper.read(bytes)).isNotNull();
    }

    @Test
    void showsAnEventInTheProto3JsonMapping() {
        var json = AuditEventProtoMapper.toJson(Events.event(7).build().toByteArray());

        assertThat(json)
                .isEqualTo(
                        "{\"id\":\"01900000-0000-7000-8000-000000000007\",\"time\":\"2026-11-22T10:00:07.123456789Z\","
                                + "\"source\":{\"service\":\"model-service\",\"instance\":\"model-0\",\"boot\":\"1\",\"sequence\":\"7\","
                                + "\"namespace\":\"local\"},\"operation\":\"OPERATION_READ\",\"action\":\"inference.chat\","
                                + "\"actor\":{\"type\":\"ACTOR_TYPE_USER\",\"id\":\"user-1\",\"name\":\"mei\",\"workload\":\"demo-app\"},"
                                + "\"resource\":{\"type\":\"model\",\"id\":\"tiny-translate\",\"version\":\"1.0.0\"},"
                                + "\"outcome\":\"OUTCOME_SUCCESS\",\"reason\":\"OK\",\"requestId\":\"request-7\",\"tenant\":\"acme\","
                                + "\"phase\":\"PHASE_OUTCOME\"}");
    }

    /** One thing wrong with an otherwise good event. */
    record Faulty(EventFault fault, UnaryOperator<AuditEvent.Builder> change) {}
}
