package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the mapping to what class 6003 (API Activity) of OCSF 1.3.0 requires, written down here by hand. */
class OcsfEventTest {

    /** Required members of the class, and of the objects in it, with their types. */
    private static final Map<String, Class<?>> REQUIRED = Map.ofEntries(
            Map.entry("activity_id", Integer.class),
            Map.entry("category_uid", Integer.class),
            Map.entry("class_uid", Integer.class),
            Map.entry("type_uid", Integer.class),
            Map.entry("severity_id", Integer.class),
            Map.entry("time", Long.class),
            Map.entry("metadata.version", String.class),
            Map.entry("metadata.product.vendor_name", String.class),
            Map.entry("actor.user", JsonObject.class),
            Map.entry("api.operation", String.class),
            Map.entry("src_endpoint.svc_name", String.class));

    private static final String FULL = """
            {"id":"01a202e4-4df3-7bb0-a377-3417bfc9945a","time":"2026-11-22T10:54:09.987216Z",
             "source":{"service":"model-service","instance":"model-service-0","boot":"3","sequence":"4711","namespace":"deepsuite-model"},
             "operation":"OPERATION_READ","action":"inference.chat",
             "actor":{"type":"ACTOR_TYPE_USER","id":"2f6c","name":"mei","workload":"demo-app","workloadCertificateSha256":"8b1a","sourceAddress":"10.0.0.7",
              "clientId":"deepsuite-cli","sessionId":"5d0e","workloadSpiffeId":"spiffe://deepsuite/ns/apps/sa/demo-app"},
             "resource":{"type":"model","id":"tiny-translate","version":"1.0.0","digest":"7805"},
             "outcome":"OUTCOME_FAILURE","reason":"ROLE_MISSING","requestId":"r-1","traceId":"4bf9","tenant":"default","duration":"0.412s",
             "phase":"PHASE_OUTCOME","inference":{"promptTokens":7},"attributes":{"filters":"to"}}""";

    @Test
    void mapsWhatTheClassHasAPlaceFor() {
        var mapped = mapped(FULL);

        assertRequired(mapped);
        assertThat(mapped.getInteger("class_uid")).isEqualTo(6003);
        assertThat(mapped.getInteger("type_uid")).isEqualTo(600302);
        assertThat(mapped.getLong("time")).isEqualTo(1_795_344_849_987L);
        assertThat(mapped.getInteger("status_id")).isEqualTo(2);
        assertThat(mapped.getString("status_code")).isEqualTo("ROLE_MISSING");
        assertThat(mapped.getInteger("severity_id")).isEqualTo(3);
        assertThat(mapped.getInteger("duration")).isEqualTo(412);
        assertThat(at(mapped, "metadata.uid")).isEqualTo("01a202e4-4df3-7bb0-a377-3417bfc9945a");
        assertThat(at(mapped, "metadata.tenant_uid")).isEqualTo("default");
        assertThat(at(mapped, "actor.user.name")).isEqualTo("mei");
        assertThat(at(mapped, "actor.user.type_id")).isEqualTo(1);
        assertThat(at(mapped, "actor.app_name")).isEqualTo("demo-app");
        assertThat(at(mapped, "actor.session.uid")).isEqualTo("5d0e");
        assertThat(at(mapped, "src_endpoint.ip")).isEqualTo("10.0.0.7");
        assertThat(at(mapped, "api.request.uid")).isEqualTo("r-1");
        assertThat(at(mapped, "api.response.error")).isEqualTo("ROLE_MISSING");
        assertThat(at(mapped, "api.service.name")).isEqualTo("model-service");
        assertThat(mapped.getJsonArray("resources").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("type", "model")
                        .put("uid", "tiny-translate")
                        .put("version", "1.0.0"));
    }

    @Test
    void losesNothing() {
        var mapped = mapped(FULL).encode();

        assertThat(List.of("4711", "deepsuite-model", "8b1a", "sa/demo-app", "7805", "4bf9", "promptTokens", "filters"))
                .allSatisfy(value -> assertThat(mapped).contains(value));
    }

    @Test
    void hasEverythingRequiredOfAnIntentWithNothingMore() {
        var mapped = mapped("{\"time\":\"2026-11-22T10:54:09Z\",\"phase\":\"PHASE_INTENT\"}");

        assertRequired(mapped);
        assertThat(mapped.getInteger("status_id")).isZero();
        assertThat(mapped.getInteger("activity_id")).isZero();
        assertThat(mapped.getInteger("severity_id")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"CREATE,1", "READ,2", "UPDATE,3", "DELETE,4"})
    void numbersActivitiesAsTheClassDoes(String operation, int activity) {
        var mapped = mapped("{\"time\":\"2026-11-22T10:54:09Z\",\"operation\":\"OPERATION_" + operation + "\"}");

        assertThat(mapped.getInteger("activity_id")).isEqualTo(activity);
        assertThat(mapped.getInteger("type_uid")).isEqualTo(600300 + activity);
    }

    private static JsonObject mapped(String json) {
        return new JsonObject(OcsfEvent.of(json));
    }

    private static void assertRequired(JsonObject mapped) {
        REQUIRED.forEach((path, type) -> assertThat(at(mapped, path)).as(path).satisfies(value -> {
            if (type == Long.class) {
                assertThat(value).isInstanceOf(Number.class);
            } else {
                assertThat(value).isInstanceOf(type);
            }
        }));
    }

    private static Object at(JsonObject object, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? object.getValue(path)
                : at(object.getJsonObject(path.substring(0, dot), new JsonObject()), path.substring(dot + 1));
    }
}
