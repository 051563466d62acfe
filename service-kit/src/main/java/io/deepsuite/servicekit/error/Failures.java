package io.deepsuite.servicekit.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Decides what a caller is told about a failure, whichever library it comes from. */
public final class Failures {

    /** Metadata key: when to try again, milliseconds from now. */
    public static final String RETRY_AFTER_MILLIS = "retry_after_millis";

    private static final String FIELD = "field";
    private static final int MAX_CAUSES = 16;

    private Failures() {}

    /**
     * The failure as the suite's callers see it.
     *
     * @param hasToken whether the call carried a bearer token: tells a missing token from a bad one
     */
    public static DeepsuiteException classify(Throwable failure, boolean hasToken) {
        var causes = causes(failure);
        return first(causes, DeepsuiteException.class)
                .or(() -> GrpcErrors.fromStatus(failure))
                .or(() -> security(causes, hasToken))
                .or(() -> input(causes))
                .or(() -> transport(causes))
                .orElseGet(
                        () -> new DeepsuiteException(ErrorReason.INTERNAL, "an unforeseen failure", Map.of(), failure));
    }

    /** When to try again; empty when the failure does not say. */
    public static Optional<Duration> retryAfter(DeepsuiteException failure) {
        return Optional.ofNullable(failure.metadata().get(RETRY_AFTER_MILLIS))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    }

    private static Optional<DeepsuiteException> security(List<Throwable> causes, boolean hasToken) {
        if (first(causes, OIDCException.class).isPresent()) {
            return told(
                    ErrorReason.IDENTITY_PROVIDER_UNAVAILABLE,
                    "the identity provider's keys are not known yet",
                    causes);
        }
        if (causes.stream()
                .anyMatch(
                        cause -> cause instanceof AuthenticationException || cause instanceof UnauthorizedException)) {
            return hasToken
                    ? told(ErrorReason.TOKEN_INVALID, "the bearer token is not valid here", causes)
                    : told(ErrorReason.TOKEN_MISSING, "the call carries no bearer token", causes);
        }
        return first(causes, SecurityException.class).isPresent()
                ? told(ErrorReason.ROLE_MISSING, "the caller has none of the roles that this needs", causes)
                : Optional.empty();
    }

    private static Optional<DeepsuiteException> input(List<Throwable> causes) {
        var unknown = first(causes, UnrecognizedPropertyException.class);
        if (unknown.isPresent()) {
            return told(ErrorReason.FIELD_UNKNOWN, "a field of the body is not known", path(unknown.get()), causes);
        }
        var mismatch = first(causes, MismatchedInputException.class);
        if (mismatch.isPresent()) {
            return told(
                    ErrorReason.VALUE_INVALID, "a value of the body has the wrong type", path(mismatch.get()), causes);
        }
        if (first(causes, JsonProcessingException.class).isPresent()
                || first(causes, CharacterCodingException.class).isPresent()) {
            return told(ErrorReason.BODY_MALFORMED, "the body is not well-formed JSON in UTF-8", causes);
        }
        return first(causes, ConstraintViolationException.class).flatMap(violation -> violations(violation, causes));
    }

    private static Optional<DeepsuiteException> violations(
            ConstraintViolationException failure, List<Throwable> causes) {
        return failure.getConstraintViolations().stream()
                .map(violation -> Map.entry(violation.getPropertyPath().toString(), violation.getMessage()))
                .min(Map.Entry.comparingByKey())
                .flatMap(violation -> told(
                        ErrorReason.VALUE_INVALID,
                        "%s: %s".formatted(lastName(violation.getKey()), violation.getValue()),
                        Map.of(FIELD, lastName(violation.getKey())),
                        causes));
    }

    private static Optional<DeepsuiteException> transport(List<Throwable> causes) {
        var web = first(causes, WebApplicationException.class);
        if (web.isPresent()) {
            return ofHttpStatus(web.get().getResponse().getStatus(), causes);
        }
        var status = first(causes, StatusRuntimeException.class)
                .map(StatusRuntimeException::getStatus)
                .or(() -> first(causes, StatusException.class).map(StatusException::getStatus))
                .map(Status::getCode);
        if (first(causes, TimeoutException.class).isPresent()
                || first(causes, io.smallrye.mutiny.TimeoutException.class).isPresent()
                || status.filter(Status.Code.DEADLINE_EXCEEDED::equals).isPresent()) {
            return told(ErrorReason.TIMEOUT, "the call took longer than its deadline", causes);
        }
        if (first(causes, CancellationException.class).isPresent()
                || status.filter(Status.Code.CANCELLED::equals).isPresent()) {
            return told(ErrorReason.CANCELLED, "the call was cancelled", causes);
        }
        return status.filter(Status.Code.UNIMPLEMENTED::equals)
                .flatMap(code -> told(ErrorReason.ROUTE_NOT_FOUND, "no such method", causes));
    }

    /** What an HTTP status that a library chose means; empty for those that tell nothing. */
    public static Optional<DeepsuiteException> ofHttpStatus(int status, List<Throwable> causes) {
        return switch (status) {
            case 400 -> told(ErrorReason.BODY_MALFORMED, "the request is malformed", causes);
            case 401 -> told(ErrorReason.TOKEN_INVALID, "the bearer token is not valid here", causes);
            case 403 -> told(ErrorReason.ROLE_MISSING, "the caller has none of the roles that this needs", causes);
            case 404 -> told(ErrorReason.ROUTE_NOT_FOUND, "no such path", causes);
            case 405 -> told(ErrorReason.METHOD_NOT_ALLOWED, "the path does not take this method", causes);
            case 406, 415 -> told(ErrorReason.MEDIA_TYPE_UNSUPPORTED, "the media type is not supported here", causes);
            case 408, 504 -> told(ErrorReason.TIMEOUT, "the call took too long", causes);
            case 413 -> told(ErrorReason.BODY_TOO_LARGE, "the body is larger than allowed", causes);
            case 429, 503 -> told(ErrorReason.OVERLOADED, "the service has as much work as it takes", causes);
            default ->
                status >= 400 && status < 500
                        ? told(ErrorReason.VALUE_INVALID, "the request is not valid", causes)
                        : Optional.empty();
        };
    }

    private static Optional<DeepsuiteException> told(ErrorReason reason, String detail, List<Throwable> causes) {
        return told(reason, detail, Map.of(), causes);
    }

    private static Optional<DeepsuiteException> told(
            ErrorReason reason, String detail, Map<String, String> metadata, List<Throwable> causes) {
        return Optional.of(
                new DeepsuiteException(reason, detail, metadata, causes.isEmpty() ? null : causes.getFirst()));
    }

    private static Map<String, String> path(JsonMappingException failure) {
        var path = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? Map.of() : Map.of(FIELD, path);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        Throwable cause = failure;
        while (cause != null && causes.size() < MAX_CAUSES) {
            causes.add(cause);
            cause = cause.getCause();
        }
        return causes;
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
