package io.deepsuite.engine.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deepsuite.engine.error.Failures;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import io.deepsuite.engine.inference.EngineConfig;
import io.deepsuite.engine.inference.InferenceEngine;
import io.deepsuite.engine.inference.SlotPool;
import io.deepsuite.engine.peer.PeerCheck;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's face: {@code POST /v1/chat/completions}, {@code POST /v1/completions}, {@code GET /v1/models}. Plain Vert.x routes, so that every answer, a
 * refused body and an unknown path included, has the protocol's own form.
 */
@ApplicationScoped
public class OpenAiRoutes {

    private static final Logger LOGGER = LoggerFactory.getLogger(OpenAiRoutes.class);
    private static final String MODELS = "/v1/models";

    private final InferenceEngine engine;
    private final SlotPool slots;
    private final PeerCheck peers;
    private final InstantSource clock;
    private final ModelNames names;
    private final CompletionRequestReader reader;
    private final BodyReader bodies;
    private final long startSeconds;

    OpenAiRoutes(
            InferenceEngine engine,
            SlotPool slots,
            PeerCheck peers,
            InstantSource clock,
            EngineConfig engineConfig,
            OpenAiConfig config) {
        this.engine = engine;
        this.slots = slots;
        this.peers = peers;
        this.clock = clock;
        this.names = new ModelNames(engineConfig.modelName(), engineConfig.modelVersion());
        this.reader = new CompletionRequestReader(engineConfig.defaultTemperature());
        this.bodies = new BodyReader(checked(config.maxBodySize().asLongValue()));
        this.startSeconds = clock.instant().getEpochSecond();
    }

    private static long checked(long maxBodyBytes) {
        if (maxBodyBytes < 1 << 10 || maxBodyBytes > 64 << 20) {
            throw new IllegalArgumentException(
                    "deepsuite.engine.max-body-size: %d bytes (expected: 1K to 64M)".formatted(maxBodyBytes));
        }
        return maxBodyBytes;
    }

    void register(@Observes Router router) {
        router.route().handler(this::dispatch);
    }

    private void dispatch(RoutingContext routing) {
        var exchange = new Exchange(routing.request(), routing.vertx().getOrCreateContext(), clock);
        guarded(exchange, () -> {
            peers.check(routing.request().connection().sslSession());
            route(exchange);
        });
    }

    private void route(Exchange exchange) {
        String path = exchange.path();
        switch (path) {
            case "/v1/chat/completions" -> complete(exchange, AnswerForm.Kind.CHAT);
            case "/v1/completions" -> complete(exchange, AnswerForm.Kind.TEXT);
            case MODELS -> {
                allow(exchange, HttpMethod.GET, HttpMethod.HEAD);
                exchange.send(models());
            }
            default -> {
                if (!path.startsWith(MODELS + "/")) {
                    throw new Refusal(RefusalReason.ROUTE_NOT_FOUND, "no such path");
                }
                allow(exchange, HttpMethod.GET, HttpMethod.HEAD);
                names.require(path.substring(MODELS.length() + 1).replace("%40", "@"));
                exchange.send(model());
            }
        }
    }

    private void complete(Exchange exchange, AnswerForm.Kind kind) {
        allow(exchange, HttpMethod.POST);
        String mediaType = exchange.request().getHeader("content-type");
        if (mediaType == null || !mediaType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(
                    RefusalReason.MEDIA_TYPE_UNSUPPORTED, "media type of the body (expected: application/json)");
        }
        bodies.read(
                exchange.request(), body -> guarded(exchange, () -> submit(exchange, kind, body)), exchange::refuse);
    }

    private void submit(Exchange exchange, AnswerForm.Kind kind, byte[] body) {
        var node = StrictJson.read(body);
        CompletionRequest request = switch (kind) {
            case CHAT -> reader.chat(node);
            case TEXT -> reader.text(node);
        };
        names.require(request.model());
        var form = new AnswerForm(
                kind,
                kind.idPrefix() + UUID.randomUUID().toString().replace("-", ""),
                exchange.startSeconds(),
                names.full());
        SlotPool.Ticket ticket = slots.submit(new Completion(engine, request, form, exchange));
        exchange.onGone(ticket::cancel);
    }

    private ObjectNode models() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("object", "list");
        document.putArray("data").add(model());
        return document;
    }

    private ObjectNode model() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", names.full())
                .put("object", "model")
                .put("created", startSeconds)
                .put("owned_by", "deepsuite");
    }

    private static void allow(Exchange exchange, HttpMethod... methods) {
        for (HttpMethod method : methods) {
            if (exchange.request().method().equals(method)) {
                return;
            }
        }
        throw new Refusal(
                RefusalReason.METHOD_NOT_ALLOWED,
                "method: %s (expected: %s)".formatted(exchange.request().method(), methods[0]));
    }

    private static void guarded(Exchange exchange, Runnable action) {
        try {
            action.run();
        } catch (Refusal refusal) {
            exchange.refuse(refusal);
        } catch (RuntimeException e) {
            LOGGER.error("call failed: {}", Failures.describe(e));
            exchange.refuse(new Refusal(RefusalReason.INTERNAL, "internal error"));
        }
    }
}
