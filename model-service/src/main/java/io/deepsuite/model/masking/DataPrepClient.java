package io.deepsuite.model.masking;

import com.google.protobuf.ByteString;
import io.deepsuite.dataprep.v1.EntityType;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.MaskResponse;
import io.deepsuite.dataprep.v1.Placeholder;
import io.deepsuite.dataprep.v1.PrepService;
import io.deepsuite.dataprep.v1.UnmaskRequest;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.GrpcErrors;
import io.deepsuite.servicekit.grpc.SuiteCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Calls Data Prep with the caller's token and a request id derived from the caller's. */
@ApplicationScoped
class DataPrepClient implements DataPrep {

    private static final String TYPE_PREFIX = "ENTITY_TYPE_";

    private final PrepService prep;
    private final SuiteCalls calls;
    private final MaskingConfig config;

    DataPrepClient(@GrpcClient("dataprep") PrepService prep, SuiteCalls calls, MaskingConfig config) {
        this.prep = prep;
        this.calls = calls;
        this.config = config;
    }

    @Override
    public Reply mask(List<String> texts) {
        var request = MaskRequest.newBuilder().addAllTexts(texts).build();
        return reply(await(calls.forCaller(prep, "mask").mask(request)));
    }

    @Override
    public String unmask(String text, Vault vault) {
        var request = UnmaskRequest.newBuilder()
                .setText(text)
                .setVault(ByteString.copyFrom(vault.sealed()))
                .build();
        return await(calls.forCaller(prep, "unmask").unmask(request)).getText();
    }

    private <T> T await(Uni<T> call) {
        try {
            return call.await().atMost(config.timeout());
        } catch (RuntimeException failure) { // statuses, time-outs and transport failures have no common type
            throw translated(failure);
        }
    }

    private static DeepsuiteException translated(RuntimeException failure) {
        var known = GrpcErrors.fromStatus(failure);
        var reason = known.map(DeepsuiteException::reason).orElse(ErrorReason.MASKING_UNAVAILABLE);
        return switch (reason) {
            case TEXT_TOO_LONG, TEXTS_TOO_MANY ->
                new DeepsuiteException(
                        ErrorReason.PROMPT_TOO_LONG,
                        known.map(DeepsuiteException::detail).orElse("the prompt is too long to be masked"),
                        known.map(DeepsuiteException::metadata).orElse(Map.of()),
                        failure);
            case TOKEN_INVALID ->
                new DeepsuiteException(reason, "the bearer token is not valid at Data Prep", Map.of(), failure);
            default ->
                new DeepsuiteException(
                        ErrorReason.MASKING_UNAVAILABLE,
                        "Data Prep does not answer, and unmasked text does not reach a model",
                        Map.of(),
                        failure);
        };
    }

    private static Reply reply(MaskResponse response) {
        return new Reply(
                response.getTextsList(),
                new Vault(response.getVault().toByteArray()),
                response.getPlaceholdersList().stream()
                        .map(Placeholder::getToken)
                        .toList(),
                response.getPlaceholdersList().stream()
                        .map(placeholder -> name(placeholder.getEntityType()))
                        .toList());
    }

    private static String name(EntityType type) {
        var name = type.name();
        return name.startsWith(TYPE_PREFIX) ? name.substring(TYPE_PREFIX.length()) : name;
    }
}
