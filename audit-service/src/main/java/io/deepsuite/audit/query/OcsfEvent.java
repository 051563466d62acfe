package io.deepsuite.audit.query;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event as the Open Cybersecurity Schema Framework has it: class API Activity (6003), for programs that read events of many sources. What the class has no place
 * for is in {@code unmapped}.
 */
final class OcsfEvent {

    static final String SCHEMA = "1.3.0";

    private static final int CATEGORY = 6;
    private static final int CLASS = 6003;
    private static final int TYPES_OF_A_CLASS = 100;
    private static final String PRODUCT = "Deepsuite";

    private static final Word INFORMATIONAL = new Word(1, "Informational");
    private static final Word LOW = new Word(2, "Low");
    private static final Word MEDIUM = new Word(3, "Medium");

    private static final Map<String, Word> ACTIVITIES = Map.of(
            "OPERATION_CREATE", new Word(1, "Create"),
            "OPERATION_READ", new Word(2, "Read"),
            "OPERATION_UPDATE", new Word(3, "Update"),
            "OPERATION_DELETE", new Word(4, "Delete"));

    private static final Map<String, Word> STATES =
            Map.of("OUTCOME_SUCCESS", new Word(1, "Success"), "OUTCOME_FAILURE", new Word(2, "Failure"));

    private static final Map<String, Word> KINDS =
            Map.of("ACTOR_TYPE_USER", new Word(1, "User"), "ACTOR_TYPE_SERVICE_ACCOUNT", new Word(3, "System"));

    private static final Word UNKNOWN = new Word(0, "Unknown");

    /** Somebody tried what they may not do. */
    private static final Set<String> REFUSALS =
            Set.of("ROLE_MISSING", "TOKEN_MISSING", "TOKEN_INVALID", "CERTIFICATE_MISSING", "ORIGIN_FOREIGN");

    private OcsfEvent() {}

    /**
     * Maps an event.
     *
     * @param json its proto3 JSON
     * @return one line of JSON
     */
    static String of(String json) {
        var event = new JsonObject(json);
        var activity = word(ACTIVITIES, event.getString("operation"));
        var status = word(STATES, event.getString("outcome"));
        var severity = severity(status, event.getString("reason", ""));
        int type = CLASS * TYPES_OF_A_CLASS + activity.id();
        var mapped = new JsonObject()
                .put("category_uid", CATEGORY)
                .put("category_name", "Application Activity")
                .put("class_uid", CLASS)
                .put("class_name", "API Activity")
                .put("type_uid", type)
                .put("type_name", "API Activity: " + activity.name())
                .put("activity_id", activity.id())
                .put("activity_name", activity.name())
                .put("severity_id", severity.id())
                .put("severity", severity.name())
                .put("status_id", status.id())
                .put("status", status.name())
                .put("time", Instant.parse(event.getString("time")).toEpochMilli())
                .put("metadata", metadata(event))
                .put("actor", actor(event))
                .put("api", api(event))
                .put("src_endpoint", source(event))
                .put("dst_endpoint", destination(event));
        putText(mapped, "status_code", event.getString("reason"));
        putResources(mapped, part(event, "resource"));
        putDuration(mapped, event.getString("duration"));
        return mapped.put("unmapped", unmapped(event)).encode();
    }

    private static Word severity(Word status, String reason) {
        if (!status.equals(STATES.get("OUTCOME_FAILURE"))) {
            return INFORMATIONAL;
        }
        return REFUSALS.contains(reason) ? MEDIUM : LOW;
    }

    private static JsonObject metadata(JsonObject event) {
        var metadata = new JsonObject()
                .put("version", SCHEMA)
                .put("product", new JsonObject().put("name", PRODUCT).put("vendor_name", PRODUCT));
        putText(metadata, "uid", event.getString("id"));
        putText(metadata, "event_code", event.getString("action"));
        putText(metadata, "tenant_uid", event.getString("tenant"));
        putText(metadata, "correlation_uid", event.getString("traceId"));
        return metadata;
    }

    private static JsonObject actor(JsonObject event) {
        var actor = part(event, "actor");
        var kind = word(KINDS, actor.getString("type"));
        var user = new JsonObject().put("type_id", kind.id()).put("type", kind.name());
        putText(user, "uid", actor.getString("id"));
        putText(user, "name", actor.getString("name"));
        var mapped = new JsonObject().put("user", user);
        putText(mapped, "app_name", actor.getString("workload"));
        putText(mapped, "app_uid", actor.getString("clientId"));
        var session = actor.getString("sessionId", "");
        if (!session.isEmpty()) {
            mapped.put("session", new JsonObject().put("uid", session));
        }
        return mapped;
    }

    private static JsonObject api(JsonObject event) {
        var api = new JsonObject().put("operation", event.getString("action", ""));
        var service = new JsonObject();
        putText(service, "name", part(event, "source").getString("service"));
        api.put("service", service);
        var request = event.getString("requestId", "");
        if (!request.isEmpty()) {
            api.put("request", new JsonObject().put("uid", request));
        }
        if ("OUTCOME_FAILURE".equals(event.getString("outcome"))) {
            api.put("response", new JsonObject().put("error", event.getString("reason", "")));
        }
        return api;
    }

    /** Has one of the members that the class asks for also where there is no address: the workload's name. */
    private static JsonObject source(JsonObject event) {
        var actor = part(event, "actor");
        var endpoint = new JsonObject().put("svc_name", actor.getString("workload", ""));
        putText(endpoint, "ip", actor.getString("sourceAddress"));
        return endpoint;
    }

    private static JsonObject destination(JsonObject event) {
        var source = part(event, "source");
        var endpoint = new JsonObject().put("svc_name", source.getString("service", ""));
        putText(endpoint, "instance_uid", source.getString("instance"));
        return endpoint;
    }

    private static void putResources(JsonObject mapped, JsonObject resource) {
        var details = new JsonObject();
        putText(details, "type", resource.getString("type"));
        putText(details, "uid", resource.getString("id"));
        putText(details, "version", resource.getString("version"));
        if (!details.isEmpty()) {
            mapped.put("resources", new JsonArray().add(details));
        }
    }

    /** Milliseconds of a duration of proto3 JSON, such as {@code 0.412s}. */
    private static void putDuration(JsonObject mapped, String duration) {
        if (duration != null) {
            mapped.put("duration", java.time.Duration.parse("PT" + duration).toMillis());
        }
    }

    private static JsonObject unmapped(JsonObject event) {
        var rest = new JsonObject();
        putText(rest, "phase", event.getString("phase"));
        putText(rest, "resource_digest", part(event, "resource").getString("digest"));
        putText(rest, "workload_certificate_sha256", part(event, "actor").getString("workloadCertificateSha256"));
        putText(rest, "workload_spiffe_id", part(event, "actor").getString("workloadSpiffeId"));
        for (var member : List.of("boot", "sequence", "namespace")) {
            putText(rest, "source_" + member, part(event, "source").getString(member));
        }
        for (var member : List.of("inference", "attributes", "personal")) {
            if (event.containsKey(member)) {
                rest.put(member, event.getJsonObject(member));
            }
        }
        return rest;
    }

    private static void putText(JsonObject object, String name, String value) {
        if (value != null && !value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static JsonObject part(JsonObject event, String name) {
        return event.getJsonObject(name, new JsonObject());
    }

    private static Word word(Map<String, Word> words, String name) {
        return words.getOrDefault(name == null ? "" : name, UNKNOWN);
    }

    /** A number of an enumeration, and what it is called. */
    private record Word(int id, String name) {}
}
