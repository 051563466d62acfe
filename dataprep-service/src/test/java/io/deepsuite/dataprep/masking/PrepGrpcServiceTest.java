package io.deepsuite.dataprep.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.deepsuite.dataprep.v1.EntityType;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.Placeholder;
import io.deepsuite.dataprep.v1.UnmaskRequest;
import io.deepsuite.dataprep.vault.TestVaults;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.request.CurrentCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepGrpcServiceTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final TestConfig config = new TestConfig(10, 1_000, 1, 10);
    private final MaskingPool pool = new MaskingPool(config);
    private final RecordingAudit audit = new RecordingAudit();

    @TempDir
    private Path directory;

    private PrepGrpcService service;
    private String tenant = "default";

    @BeforeEach
    void start() throws IOException {
        var masking = new MaskingService(
                config, TestVaults.in(directory), new MaskingMetrics(new SimpleMeterRegistry()), Clock.systemUTC());
        service = new PrepGrpcService(masking, pool, new Call(), () -> audit);
    }

    @AfterEach
    void stop() {
        pool.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void describesWhatItMasked() {
        var response = onContext(() -> service.mask(MaskRequest.newBuilder()
                .addTexts("卡4111111111111111 zhang@a.cn")
                .addTexts("11010519491231002X 13812345678 13812345678")
                .build()));

        assertThat(response.getTextsList()).containsExactly("卡CRD-1001 EML-1002", "RSD-1003 TEL-1004 TEL-1004");
        assertThat(response.getPlaceholdersList())
                .containsExactly(
                        placeholder("CRD-1001", EntityType.ENTITY_TYPE_BANK_CARD, 1),
                        placeholder("EML-1002", EntityType.ENTITY_TYPE_EMAIL, 1),
                        placeholder("RSD-1003", EntityType.ENTITY_TYPE_CHINESE_RESIDENT_ID, 1),
                        placeholder("TEL-1004", EntityType.ENTITY_TYPE_CHINESE_MOBILE_NUMBER, 2));
        assertThat(audit.attributes).containsEntry("item_count", "5");
    }

    @Test
    void unmasksForTheSameTenantOnly() {
        var vault = onContext(() -> service.mask(
                        MaskRequest.newBuilder().addTexts("13812345678").build()))
                .getVault();

        var response = onContext(() -> service.unmask(request("TEL-1001!", vault)));

        assertThat(response.getText()).isEqualTo("13812345678!");
        assertThat(response.getRestored()).isOne();
        tenant = "other";
        assertRefused(ErrorReason.VAULT_INVALID, () -> service.unmask(request("TEL-1001!", vault)));
    }

    @Test
    void refusesGarbageAsAVault() {
        assertRefused(
                ErrorReason.VAULT_INVALID,
                () -> service.unmask(request("TEL-1001", ByteString.copyFromUtf8("garbage"))));
    }

    @Test
    void refusesACallWithoutText() {
        assertRefused(ErrorReason.VALUE_INVALID, () -> service.mask(MaskRequest.getDefaultInstance()));
    }

    @Test
    void answersOnTheContextOfTheCall() {
        var answered = new CompletableFuture<Context>();

        context.runOnContext(
                _ -> service.mask(MaskRequest.newBuilder().addTexts("a").build())
                        .subscribe()
                        .with(_ -> answered.complete(Vertx.currentContext()), answered::completeExceptionally));

        assertThat(answered.join()).isSameAs(context);
    }

    @Test
    void asksForARoleOnEveryMethod() {
        assertThat(Arrays.stream(PrepGrpcService.class.getDeclaredMethods())
                        .filter(method -> Uni.class.equals(method.getReturnType()) && method.getParameterCount() == 1)
                        .filter(method -> !method.isSynthetic() && !"onPool".equals(method.getName())))
                .hasSize(2)
                .allSatisfy(method -> assertThat(
                                method.getAnnotation(RolesAllowed.class).value())
                        .containsExactlyInAnyOrder("model-user", "data-engineer"));
    }

    private <T> T onContext(Supplier<Uni<T>> call) {
        var answer = new CompletableFuture<T>();
        context.runOnContext(_ -> call.get().subscribe().with(answer::complete, answer::completeExceptionally));
        return answer.join();
    }

    private <T> void assertRefused(ErrorReason reason, Supplier<Uni<T>> call) {
        assertThatThrownBy(() -> onContext(call))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DeepsuiteException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static UnmaskRequest request(String text, ByteString vault) {
        return UnmaskRequest.newBuilder().setText(text).setVault(vault).build();
    }

    private static Placeholder placeholder(String token, EntityType type, int occurrences) {
        return Placeholder.newBuilder()
                .setToken(token)
                .setEntityType(type)
                .setOccurrences(occurrences)
                .build();
    }

    /** A call of whoever the test says. */
    private final class Call implements CurrentCall {
        @Override
        public Caller caller() {
            return new Caller(
                    Caller.Kind.USER,
                    "u",
                    "alice",
                    tenant,
                    "demo-app",
                    "",
                    "demo-app",
                    "",
                    "",
                    "127.0.0.1",
                    Set.of("model-user"));
        }

        @Override
        public String requestId() {
            return "request";
        }

        @Override
        public String traceId() {
            return "";
        }

        @Override
        public Optional<String> bearerToken() {
            return Optional.empty();
        }
    }
}
