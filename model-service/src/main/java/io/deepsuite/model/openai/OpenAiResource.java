package io.deepsuite.model.openai;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.journal.scope.Audited;
import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.model.registry.RouteTable;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI-compatible face of inference; {@code docs/openai-api.md} says what is served. */
@Path("/v1")
public class OpenAiResource {

    private final OpenAiFace face;
    private final RouteTable routes;
    private final CurrentAudit audit;

    OpenAiResource(OpenAiFace face, RouteTable routes, CurrentAudit audit) {
        this.face = face;
        this.routes = routes;
        this.audit = audit;
    }

    /**
     * Continues a conversation.
     *
     * @return null when the answer was streamed
     */
    @POST
    @Path("/chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed("model-user")
    @Audited(operation = Operation.OPERATION_READ, action = "inference.chat", resourceType = "model")
    public @Nullable Response chat(byte[] body, @Context RoutingContext routing) {
        return face.answer(OpenAiAnswers.Kind.CHAT, () -> OpenAiRequestParser.chat(body), routing);
    }

    /**
     * Continues a prompt.
     *
     * @return null when the answer was streamed
     */
    @POST
    @Path("/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed("model-user")
    @Audited(operation = Operation.OPERATION_READ, action = "inference.completion", resourceType = "model")
    public @Nullable Response completion(byte[] body, @Context RoutingContext routing) {
        return face.answer(OpenAiAnswers.Kind.COMPLETION, () -> OpenAiRequestParser.completion(body), routing);
    }

    /** Lists what can be named as a model. */
    @GET
    @Path("/models")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    @Audited(operation = Operation.OPERATION_READ, action = "model.list", resourceType = "model")
    public String models() {
        var entries = routes.entries();
        audit.scope().attribute("item_count", Integer.toString(entries.size()));
        return OpenAiAnswers.models(entries);
    }

    /** Shows one of them. */
    @GET
    @Path("/models/{model}")
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @RolesAllowed({"model-user", "model-admin"})
    @Audited(operation = Operation.OPERATION_READ, action = "model.get", resourceType = "model")
    public String model(@PathParam("model") String reference) {
        var version = routes.resolve(reference);
        audit.scope().resource(version.model(), version.version().toString(), version.artifactSha256());
        return routes.entries().stream()
                .filter(entry -> entry.reference().equals(reference))
                .findFirst()
                .map(OpenAiAnswers::model)
                .orElseThrow(() -> new DeepsuiteException(
                        ErrorReason.MODEL_NOT_FOUND,
                        "model: not found (expected: a registered model)",
                        Map.of("field", "model")));
    }
}
