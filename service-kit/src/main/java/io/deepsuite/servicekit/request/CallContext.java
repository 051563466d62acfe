package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.identity.CallerReader;
import io.deepsuite.servicekit.identity.PeerCertificate;
import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the suite knows of one call, from its first byte to its last. Made by {@link CallFilter} and kept in the call's duplicated Vert.x context, where the
 * filters of all protocols find it. Services inject {@link CurrentCall} instead.
 */
public final class CallContext implements CurrentCall {

    static final String KEY = CallContext.class.getName();

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)");

    private final String path;
    private final String requestId;
    private final String traceId;
    private final String sourceAddress;
    private final Optional<PeerCertificate> peer;
    private final Optional<String> bearerToken;
    private final Optional<GrpcTimeout> timeout;
    private final Uni<Void> authentication;
    private final long startedNanos = System.nanoTime();
    private final List<Consumer<Boolean>> endActions = new ArrayList<>();
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
    private volatile @Nullable Caller identified;
    private volatile @Nullable ErrorReason failure;
    private volatile @Nullable Boolean end;

    CallContext(HttpServerRequest request, InstantSource clock, Uni<Void> authentication) {
        this.authentication = authentication;
        this.path = request.path() == null ? "" : request.path();
        this.requestId = RequestIds.takeOrMake(request.getHeader(RequestIds.HEADER), clock);
        var span = Span.current().getSpanContext();
        this.traceId = span.isValid() ? span.getTraceId() : "";
        this.sourceAddress =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        this.peer = PeerCertificate.of(request);
        this.timeout = GrpcTimeout.read(request.getHeader(GrpcTimeout.HEADER));
        this.bearerToken = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    /** The call of this Vert.x context; empty outside of calls. */
    public static Optional<CallContext> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    /** The call of a routing context. */
    public static CallContext of(RoutingContext routing) {
        CallContext call = routing.get(KEY);
        if (call == null) {
            throw new IllegalStateException("the call did not come through the call filter");
        }
        return call;
    }

    @Override
    public Caller caller() {
        var known = identified;
        return known == null ? CallerReader.unknown(peer, sourceAddress) : known;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String traceId() {
        return traceId;
    }

    @Override
    public Optional<String> bearerToken() {
        return bearerToken;
    }

    /**
     * Has the token checked, for those that end a call before the protocol has asked for it, so that {@link #caller()} is known.
     *
     * @return fails as the check does
     */
    public Uni<Void> authenticate() {
        return authentication;
    }

    /** Path of the request, such as {@code /v1/models}. */
    public String path() {
        return path;
    }

    /** Address of the peer, without port. */
    public String sourceAddress() {
        return sourceAddress;
    }

    /** Certificate of the peer. */
    public Optional<PeerCertificate> peer() {
        return peer;
    }

    /** Time since the first byte of the call. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Why a gRPC call ends whose caller went away: {@code TIMEOUT} at the deadline that it gave, {@code CANCELLED} before. */
    public ErrorReason abandonment() {
        return timeout.filter(given -> given.hasPassed(elapsed())).isPresent()
                ? ErrorReason.TIMEOUT
                : ErrorReason.CANCELLED;
    }

    /** Why the call fails, as the caller is told; empty while it does not. */
    public Optional<ErrorReason> failure() {
        return Optional.ofNullable(failure);
    }

    /** Remembers what the caller is told. */
    public void failed(ErrorReason reason) {
        failure = reason;
    }

    /** Keeps an object with the call, one per type. */
    public <T> void attach(Class<T> type, T attachment) {
        attachments.put(type, attachment);
    }

    /** The object of that type kept with the call. */
    public <T> Optional<T> attached(Class<T> type) {
        return Optional.ofNullable(attachments.get(type)).map(type::cast);
    }

    /**
     * Has something done when the call's answer is out or its connection is gone; at once when that has been.
     *
     * @param action gets whether the answer went out whole; runs on the event loop
     */
    public void onEnd(Consumer<Boolean> action) {
        Boolean whole;
        synchronized (endActions) {
            whole = end;
            if (whole == null) {
                endActions.add(action);
                return;
            }
        }
        action.accept(whole);
    }

    void ended(boolean whole) {
        List<Consumer<Boolean>> actions;
        synchronized (endActions) {
            if (end != null) {
                return;
            }
            end = whole;
            actions = List.copyOf(endActions);
        }
        actions.forEach(action -> action.accept(whole));
    }

    void identified(Caller caller) {
        identified = caller;
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        var matcher = BEARER.matcher(authorization.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
