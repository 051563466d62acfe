package io.deepsuite.journal.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.Events;
import io.deepsuite.audit.event.IncomingEvent;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.AuditJournal;
import io.deepsuite.journal.Unaudited;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.request.Calls;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends, the event of its call can be stored. It is in the scope's package, and here because the store's reader is. */
class StorableEventTest {

    private static final String LONG = "x".repeat(1025);

    private final List<AuditEvent> journal = new ArrayList<>();

    @Test
    void cutsAResourceIdThatIsOneByteTooLong() {
        var event = read(scope(caller("user-1", "acme")).resource(LONG, LONG, LONG));

        assertThat(event.resource().id()).isEqualTo("x".repeat(1024));
        assertThat(event.resource().version()).hasSize(1024);
        assertThat(journal.getLast().getResource().getDigest()).hasSize(1024);
    }

    @Test
    void cutsBetweenTwoCharacters() {
        var event = read(scope(caller("user-1", "acme")).resource("请".repeat(400), "😀".repeat(300), ""));

        assertThat(event.resource().id()).isEqualTo("请".repeat(341));
        assertThat(event.resource().version()).isEqualTo("😀".repeat(256));
    }

    @Test
    void replacesWhatNoDatabaseStores() {
        var event = read(scope(caller("user-1", "acme")).resource("a\0b", "half \uD83D", ""));

        assertThat(event.resource().id()).isEqualTo("a\uFFFDb");
        assertThat(event.resource().version()).isEqualTo("half \uFFFD");
    }

    @Test
    void leavesTextsThatFitAsTheyAre() {
        var fitting = "x".repeat(1021) + "请";

        var event = read(scope(caller("user-1", "acme")).resource(fitting, "😀".repeat(256), ""));

        assertThat(event.resource().id()).isEqualTo(fitting);
        assertThat(event.resource().version()).isEqualTo("😀".repeat(256));
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.actor().id()).isEqualTo("user-1");
    }

    @Test
    void keepsTheOwnerOfTheTokenWithItsSessionAndTheWorkloadThatCarriesIt() {
        var caller = new Caller(
                Caller.Kind.USER,
                "user-1",
                "mei",
                "acme",
                "console",
                "session-1",
                "model-service",
                "spiffe://deepsuite/ns/deepsuite-model/sa/model-service",
                "8b1a",
                "127.0.0.1",
                Set.of());

        read(scope(caller));

        assertThat(journal.getLast().getActor())
                .isEqualTo(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId("user-1")
                        .setName("mei")
                        .setClientId("console")
                        .setSessionId("session-1")
                        .setWorkload("model-service")
                        .setWorkloadSpiffeId("spiffe://deepsuite/ns/deepsuite-model/sa/model-service")
                        .setWorkloadCertificateSha256("8b1a")
                        .setSourceAddress("127.0.0.1")
                        .build());
    }

    @Test
    void cutsAttributesBetweenTwoCharacters() {
        read(scope(caller("user-1", "acme"))
                .attribute("alias", "x".repeat(255) + "😀")
                .attribute("other", "a\0"));

        assertThat(journal.getLast().getAttributesMap())
                .containsEntry("alias", "x".repeat(255))
                .containsEntry("other", "a\uFFFD");
    }

    /** A cut name could be another tenant's. */
    @Test
    void givesATenantThatCannotBeStoredANameOfItsOwn() {
        var fits = "t".repeat(256);

        var tenants = List.of(fits, fits + "a", fits + "b", "t\0", "t\uFFFD").stream()
                .map(tenant -> read(scope(caller("user-1", tenant))).tenant())
                .toList();

        assertThat(tenants).doesNotHaveDuplicates().contains(fits, "t\uFFFD");
        assertThat(tenants.get(1)).matches("sha256:[0-9a-f]{64}");
    }

    @Property(tries = 500)
    void isStoredWhateverTheCallerSends(
            @ForAll("hostile") String one, @ForAll("hostile") String other, @ForAll("hostile") String third) {
        // Given: one instance serves all tries
        journal.clear();
        var caller = new Caller(
                Caller.Kind.SERVICE_ACCOUNT, one, other, third, one, other, third, one, other, third, Set.of());
        var scope = scope(caller).resource(other, third, one).attribute("alias", third);

        // When
        scope.begin().await().indefinitely();
        scope.fail(ErrorReason.INTERNAL).await().indefinitely();

        // Then
        assertThat(journal.stream().map(StorableEventTest::stored))
                .extracting(event -> event.key().phase())
                .containsExactly("INTENT", "OUTCOME");
        assertThat(stored(journal.getFirst()).tenant())
                .isEqualTo(stored(journal.getLast()).tenant());
        assertThat(journal.getLast().getAttributesOrThrow("alias").getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1024);
    }

    /** Long ones, and such of NULs, halves of characters and characters of one to four bytes. */
    @Provide
    Arbitrary<String> hostile() {
        var odd = Arbitraries.of('\0', '\uD83D', '\uDE00', '请', 'é', 'x', '\uFFFF');
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(1500),
                Arbitraries.strings().withChars('x').ofMinLength(1000).ofMaxLength(1100),
                odd.list()
                        .ofMaxSize(1500)
                        .map(characters -> characters.stream()
                                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                                .toString()));
    }

    private IncomingEvent read(AuditScope scope) {
        scope.succeed().await().indefinitely();
        return stored(journal.getLast());
    }

    /** As the store reads it; the journal adds the source. */
    private static IncomingEvent stored(AuditEvent event) {
        return Events.read(event.toBuilder().setSource(Events.event(1).getSource()));
    }

    private AuditScope scope(Caller caller) {
        AuditJournal memory = event -> {
            var kept = event.build();
            journal.add(kept);
            return Uni.createFrom().item(kept);
        };
        return new CallAuditScope(
                Calls.of(caller),
                new Declaration(Operation.OPERATION_READ, "console.event", "audit-event"),
                memory,
                Unaudited.none(memory),
                InstantSource.system());
    }

    private static Caller caller(String id, String tenant) {
        return new Caller(
                Caller.Kind.USER, id, "mei", tenant, "console", "", "demo-app", "", "", "127.0.0.1", Set.of());
    }
}
