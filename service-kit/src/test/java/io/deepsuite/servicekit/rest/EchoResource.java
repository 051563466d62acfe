package io.deepsuite.servicekit.rest;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.request.CurrentCall;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;

/** A resource that shows what the kit does to calls. */
@Path("/")
public class EchoResource {

    /** An order of at most ten. */
    public record Order(@Max(10) int count, String name) {}

    private final CurrentCall call;

    EchoResource(CurrentCall call) {
        this.call = call;
    }

    @GET
    @Path("api/who")
    @RolesAllowed("model-user")
    @RunOnVirtualThread
    public Map<String, String> who() {
        var caller = call.caller();
        return Map.of(
                "kind", caller.kind().name(),
                "name", caller.name(),
                "tenant", caller.tenant(),
                "workload", caller.workload(),
                "workloadSpiffeId", caller.workloadSpiffeId(),
                "clientId", caller.clientId(),
                "sessionId", caller.sessionId(),
                "sourceAddress", caller.sourceAddress(),
                "requestId", call.requestId(),
                "traceId", call.traceId());
    }

    @GET
    @Path("api/admin")
    @RolesAllowed("model-admin")
    public String admin() {
        return "admin";
    }

    @GET
    @Path("api/open")
    @PermitAll
    public String open() {
        return call.caller().kind().name();
    }

    @POST
    @Path("api/orders")
    @Consumes("application/json")
    @RolesAllowed("model-user")
    public Order order(@Valid Order order) {
        return order;
    }

    @POST
    @Path("v1/orders")
    @Consumes("application/json")
    @RolesAllowed("model-user")
    public Order openAiOrder(@Valid Order order) {
        return order;
    }

    @GET
    @Path("{root: api|v1}/fail/{reason}")
    @RolesAllowed("model-user")
    public String fail(@PathParam("root") String root, @PathParam("reason") String reason) {
        throw new DeepsuiteException(
                ErrorReason.valueOf(reason), "told to", Map.of("field", "reason", Failures.RETRY_AFTER_MILLIS, "1500"));
    }

    @GET
    @Path("api/crash")
    @RolesAllowed("model-user")
    public String crash() {
        throw new IllegalStateException("secret detail of the inside");
    }
}
