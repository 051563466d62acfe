package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** REST methods of every kind. */
@Path("/scripted")
@RolesAllowed("auditor")
public class ScriptedResource {

    /** A body. */
    public record Thing(String name) {}

    /** More than what is held back before the answer begins. */
    private static final byte[] LARGE = "x".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);

    static final List<String> CREATED = new CopyOnWriteArrayList<>();

    static final AtomicBoolean STREAM_CANCELLED = new AtomicBoolean();

    private final CurrentAudit audit;

    ScriptedResource(CurrentAudit audit) {
        this.audit = audit;
    }

    @GET
    @Path("plain/{id}")
    @Audited(operation = Operation.OPERATION_READ, action = "thing.get", resourceType = "thing")
    public String plain(@PathParam("id") String id) {
        audit.scope().resource(id, "1", "");
        return id;
    }

    @GET
    @Path("open")
    @Audited(operation = Operation.OPERATION_READ, action = "model.get", resourceType = "model")
    public String open() {
        return "open";
    }

    @GET
    @Path("reactive")
    @Audited(operation = Operation.OPERATION_READ, action = "thing.get", resourceType = "thing")
    public Uni<String> reactive() {
        return Uni.createFrom().item("reactive");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited(operation = Operation.OPERATION_CREATE, action = "thing.create", resourceType = "thing")
    public Thing create(Thing thing) {
        audit.scope().resource(thing.name(), "", "").begin().await().indefinitely();
        CREATED.add(thing.name());
        return thing;
    }

    @GET
    @Path("fail")
    @Audited(operation = Operation.OPERATION_READ, action = "thing.get", resourceType = "thing")
    public String fail() {
        throw new DeepsuiteException(ErrorReason.AUDIT_EVENT_NOT_FOUND, "no such event");
    }

    @GET
    @Path("crash")
    @Audited(operation = Operation.OPERATION_READ, action = "thing.get", resourceType = "thing")
    public String crash() {
        throw new IllegalStateException("inside detail");
    }

    @GET
    @Path("late")
    @Audited(operation = Operation.OPERATION_READ, action = "thing.get", resourceType = "thing")
    public Uni<String> late() {
        return Uni.createFrom()
                .<String>nothing()
                .ifNoItem()
                .after(Duration.ofMillis(1))
                .fail();
    }

    @GET
    @Path("unaudited")
    public String unaudited() {
        return "unaudited";
    }

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public Multi<String> stream() {
        var scope = audit.scope();
        var last = scope.attribute("item_count", "2").succeed().map(_ -> "two").toMulti();
        return Multi.createBy().concatenating().streams(Multi.createFrom().item("one"), last);
    }

    @GET
    @Path("output")
    @Produces(MediaType.TEXT_PLAIN)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public StreamingOutput output() {
        return new AuditedOutput(audit.scope(), out -> out.write(LARGE));
    }

    /** Breaks when the caller has got a part of it. */
    @GET
    @Path("broken-output")
    @Produces(MediaType.TEXT_PLAIN)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public StreamingOutput brokenOutput() {
        return new AuditedOutput(audit.scope(), out -> {
            out.write(LARGE);
            out.flush();
            throw new DeepsuiteException(ErrorReason.DATABASE_UNAVAILABLE, "the store went away");
        });
    }

    /** Never ends by itself. */
    @GET
    @Path("endless-output")
    @Produces(MediaType.TEXT_PLAIN)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public StreamingOutput endlessOutput() {
        return new AuditedOutput(audit.scope(), out -> {
            while (true) {
                out.write(LARGE);
            }
        });
    }

    /** Leaves its end to the filters. */
    @GET
    @Path("plain-output")
    @Produces(MediaType.TEXT_PLAIN)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public StreamingOutput plainOutput() {
        return out -> out.write(LARGE);
    }

    @GET
    @Path("endless")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Audited(operation = Operation.OPERATION_READ, action = "thing.stream", resourceType = "thing")
    public Multi<String> endless() {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item("one"), Multi.createFrom().<String>nothing())
                .onCancellation()
                .invoke(() -> STREAM_CANCELLED.set(true));
    }
}
