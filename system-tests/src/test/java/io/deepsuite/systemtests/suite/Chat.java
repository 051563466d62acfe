package io.deepsuite.systemtests.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.model.v1.ChatMessage;
import io.deepsuite.model.v1.ChatRequest;
import io.deepsuite.model.v1.ChatResponse;
import io.deepsuite.model.v1.GenerateRequest;
import io.deepsuite.model.v1.InferenceServiceGrpc;
import io.deepsuite.model.v1.SamplingOptions;
import io.grpc.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** One person's conversations, over each of the faces. */
public final class Chat {

    private static final String PATH = "/v1/chat/completions";
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final Suite suite;
    private final String token;

    Chat(Suite suite, String token) {
        this.suite = suite;
        this.token = token;
    }

    /** A chat request of the OpenAI protocol, to add to. */
    public static Map<String, Object> body(String model, String prompt) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("temperature", 0);
        body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        return body;
    }

    /** Posts a body of one's own making. */
    public HttpResponse<String> post(String body, String requestId) {
        return suite.https().send(request(HttpRequest.BodyPublishers.ofString(body), requestId));
    }

    /** Where chats go. */
    public URI address() {
        return suite.stack().addresses().model().resolve(PATH);
    }

    /** One answer in one piece. */
    public Answer plain(String model, String prompt, String requestId) {
        try {
            return plainOrFail(model, prompt, requestId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for callers who expect that there may be none.
     *
     * @throws IOException if there is no complete answer, or it is a refusal
     */
    public Answer plainOrFail(String model, String prompt, String requestId) throws IOException {
        var response = suite.https()
                .sendOrFail(request(HttpRequest.BodyPublishers.ofString(Https.text(body(model, prompt))), requestId));
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        var json = Https.json(response);
        var choice = json.path("choices").path(0);
        return new Answer(
                List.of(choice.path("message").path("content").asText()),
                choice.path("finish_reason").asText(),
                json.path("usage").path("prompt_tokens").asLong(),
                json.path("usage").path("completion_tokens").asLong(),
                response.headers().firstValue("x-request-id").orElse(""));
    }

    /** One answer as server-sent events. */
    public Answer streamed(String model, String prompt, String requestId) {
        var body = body(model, prompt);
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        var response = post(Https.text(body), requestId);
        var type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
            throw new IllegalStateException(response.statusCode() + " " + type + " " + response.body());
        }
        var events = response.body()
                .lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()).strip())
                .toList();
        if (events.isEmpty() || !events.getLast().equals(DONE)) {
            throw new IllegalStateException("the stream does not end with " + DONE + ": " + events);
        }
        return assemble(
                events.subList(0, events.size() - 1).stream().map(Https::json).toList(),
                response.headers().firstValue("x-request-id").orElse(""));
    }

    private static Answer assemble(List<JsonNode> chunks, String requestId) {
        var pieces = new ArrayList<String>();
        var finishReason = "";
        long promptTokens = 0;
        long completionTokens = 0;
        for (var chunk : chunks) {
            var choice = chunk.path("choices").path(0);
            var text = choice.path("delta").path("content").asText("");
            if (!text.isEmpty()) {
                pieces.add(text);
            }
            finishReason = choice.path("finish_reason").asText(finishReason);
            finishReason = finishReason.equals("null") ? "" : finishReason;
            promptTokens = chunk.path("usage").path("prompt_tokens").asLong(promptTokens);
            completionTokens = chunk.path("usage").path("completion_tokens").asLong(completionTokens);
        }
        return new Answer(pieces, finishReason, promptTokens, completionTokens, requestId);
    }

    /** One answer over gRPC. */
    public Answer overGrpc(String model, String prompt, String requestId) {
        return overGrpc(
                ChatRequest.newBuilder()
                        .setModel(model)
                        .setSampling(SamplingOptions.newBuilder().setTemperature(0))
                        .addMessages(ChatMessage.newBuilder()
                                .setRole(ChatMessage.Role.ROLE_USER)
                                .setContent(prompt))
                        .build(),
                requestId);
    }

    /** One answer over gRPC to a request of one's own making. */
    public Answer overGrpc(ChatRequest request, String requestId) {
        var headers = new AtomicReference<Metadata>();
        var pieces = new ArrayList<String>();
        var last = ChatResponse.getDefaultInstance();
        for (var answers = GrpcFace.tellingRequestId(stub(requestId), headers).chat(request); answers.hasNext(); ) {
            last = answers.next();
            if (!last.getDelta().isEmpty()) {
                pieces.add(last.getDelta());
            }
        }
        return new Answer(
                pieces,
                last.getFinishReason(),
                last.getUsage().getPromptTokens(),
                last.getUsage().getCompletionTokens(),
                GrpcFace.requestId(headers).orElse(""));
    }

    /** A plain prompt, continued, over gRPC. */
    public String generated(String model, String prompt, String requestId) {
        var text = new StringBuilder();
        stub(requestId)
                .generate(GenerateRequest.newBuilder()
                        .setModel(model)
                        .setPrompt(prompt)
                        .setSampling(SamplingOptions.newBuilder().setTemperature(0))
                        .build())
                .forEachRemaining(piece -> text.append(piece.getDelta()));
        return text.toString();
    }

    private InferenceServiceGrpc.InferenceServiceBlockingStub stub(String requestId) {
        return GrpcFace.as(
                InferenceServiceGrpc.newBlockingStub(suite.grpc(Port.MODEL).channel()), token, requestId);
    }

    private HttpRequest.Builder request(HttpRequest.BodyPublisher body, String requestId) {
        var request = Https.request(address(), token).POST(body);
        return requestId.isEmpty() ? request : request.header("x-request-id", requestId);
    }
}
