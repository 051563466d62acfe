package io.deepsuite.systemtests.suite;

import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.model.v1.ChatMessage;
import io.deepsuite.model.v1.ChatRequest;
import io.deepsuite.model.v1.InferenceServiceGrpc;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.SignalServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/** A method of each face of each service, to be knocked at with tokens good and bad. */
public enum Door {
    /** OpenAI chat. Needs model-user. */
    MODEL_REST {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            return rest(
                    suite,
                    identity,
                    request(suite.chat().address(), token)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    Https.text(Chat.body(EchoEngine.MODEL, "knock")))),
                    requestId);
        }
    },
    /** gRPC chat. Needs model-user. */
    MODEL_GRPC {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var stub = InferenceServiceGrpc.newBlockingStub(
                    suite.grpc(Port.MODEL, identity).channel());
            var message =
                    ChatMessage.newBuilder().setRole(ChatMessage.Role.ROLE_USER).setContent("knock");
            return grpc(() -> GrpcFace.as(stub, token, requestId)
                    .chat(ChatRequest.newBuilder()
                            .setModel(EchoEngine.MODEL)
                            .addMessages(message)
                            .build())
                    .forEachRemaining(_ -> {}));
        }
    },
    /** Masking. Needs data-engineer, or model-user through the model service. */
    DATAPREP_GRPC {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var stub = PrepServiceGrpc.newBlockingStub(
                    suite.grpc(Port.DATAPREP, identity).channel());
            return grpc(() -> GrpcFace.as(stub, token, requestId)
                    .mask(MaskRequest.newBuilder().addTexts("knock").build()));
        }
    },
    /** Snapshot of the signals. Needs sre. */
    MONITOR_GRPC {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var stub = SignalServiceGrpc.newBlockingStub(
                    suite.grpc(Port.MONITOR, identity).channel());
            return grpc(() -> GrpcFace.as(stub, token, requestId).getSnapshot(GetSnapshotRequest.getDefaultInstance()));
        }
    },
    /** Audit events. Needs auditor. */
    AUDIT_REST {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            return rest(suite, identity, request(suite.events().address("?limit=1"), token), requestId);
        }
    },
    /** Dead letters. Needs sre. */
    DEAD_LETTERS_REST {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var address = suite.stack().addresses().audit().resolve("/api/v1/dead-letters?limit=1");
            return rest(suite, identity, request(address, token), requestId);
        }
    },
    /** Replay of dead letters: of one that will never be. Needs sre. */
    REPLAY_REST {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var address = suite.stack()
                    .addresses()
                    .audit()
                    .resolve("/api/v1/dead-letters/replay?from=999999999-0&to=999999999-0");
            return rest(suite, identity, request(address, token).POST(HttpRequest.BodyPublishers.noBody()), requestId);
        }
    },
    /** Erasing a person, one who never was. Needs privacy-officer. */
    ERASURES_REST {
        @Override
        public Reply knock(Suite suite, Identity identity, String token, String requestId) {
            var request = request(suite.stack().addresses().audit().resolve("/api/v1/subjects/erasures"), token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"actorId\":\"nobody\",\"case\":\"knock\"}"));
            var reply = rest(suite, identity, request, requestId);
            // who hears that there is no such person was let in
            return reply.reason().equals("SUBJECT_NOT_FOUND") ? new Reply("200", "") : reply;
        }
    };

    /**
     * Calls the method.
     *
     * @param token empty for none
     */
    public abstract Reply knock(Suite suite, Identity identity, String token, String requestId);

    private static HttpRequest.Builder request(URI address, String token) {
        return token.isEmpty() ? Https.request(address) : Https.request(address, token);
    }

    private static Reply rest(Suite suite, Identity identity, HttpRequest.Builder request, String requestId) {
        return Reply.of(suite.https(identity).send(request.header("x-request-id", requestId)));
    }

    private static Reply grpc(Runnable call) {
        try {
            call.run();
            return new Reply("OK", "");
        } catch (StatusRuntimeException e) {
            var parts = GrpcFace.codeAndReason(e).split(" / ", 2);
            return new Reply(parts[0], parts[1]);
        }
    }

    /**
     * What came back.
     *
     * @param code gRPC code or HTTP status
     * @param reason reason of the ErrorInfo, the problem or OpenAI's error object, in upper case; empty for success
     */
    public record Reply(String code, String reason) {

        /** Reads an HTTP answer. */
        public static Reply of(HttpResponse<String> response) {
            if (response.statusCode() < 400) {
                return new Reply(Integer.toString(response.statusCode()), "");
            }
            var body = Https.json(response);
            var reason = body.has("error")
                    ? body.at("/error/code").asText().toUpperCase(Locale.ROOT)
                    : body.path("title").asText();
            return new Reply(Integer.toString(response.statusCode()), reason);
        }
    }
}
