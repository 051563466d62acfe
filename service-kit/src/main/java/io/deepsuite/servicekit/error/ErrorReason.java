package io.deepsuite.servicekit.error;

import io.grpc.Status;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every reason a caller can be told about. The constant's name is the wire value of {@code google.rpc.ErrorInfo.reason} and of the {@code title} of a
 * problem document, so renaming one is a breaking change. Each has a section in {@code docs/errors.md}.
 */
public enum ErrorReason {
    /** A field of the request has a value outside its range, or of the wrong type. */
    VALUE_INVALID(Status.Code.INVALID_ARGUMENT, 400),
    /** The body is not what its media type says: malformed JSON, invalid UTF-8. */
    BODY_MALFORMED(Status.Code.INVALID_ARGUMENT, 400),
    /** The request has a field that the protocol does not know. */
    FIELD_UNKNOWN(Status.Code.INVALID_ARGUMENT, 400),
    /** The body is larger than the configured bound. */
    BODY_TOO_LARGE(Status.Code.RESOURCE_EXHAUSTED, 413),
    /** The media type of the body is not one that the method takes. */
    MEDIA_TYPE_UNSUPPORTED(Status.Code.INVALID_ARGUMENT, 415),
    /** The input has more tokens or characters than the model or the configuration allows. */
    PROMPT_TOO_LONG(Status.Code.INVALID_ARGUMENT, 400),
    /** A text to prepare is longer than the configured bound. */
    TEXT_TOO_LONG(Status.Code.INVALID_ARGUMENT, 400),
    /** More texts in one call than allowed. */
    TEXTS_TOO_MANY(Status.Code.INVALID_ARGUMENT, 400),
    /** The vault was not made by Mask for this tenant, or was changed. */
    VAULT_INVALID(Status.Code.INVALID_ARGUMENT, 400),
    /** A page token was not made by this method, or for other filters. */
    PAGE_TOKEN_INVALID(Status.Code.INVALID_ARGUMENT, 400),

    /** The connection has no client certificate, and the path is not one for browsers. */
    CERTIFICATE_MISSING(Status.Code.UNAUTHENTICATED, 401),
    /** The call carries no bearer token. */
    TOKEN_MISSING(Status.Code.UNAUTHENTICATED, 401),
    /** The token is malformed, expired, of another issuer or audience, or bound to another certificate. */
    TOKEN_INVALID(Status.Code.UNAUTHENTICATED, 401),
    /** A page of another origin sent a change in the name of who is signed in. */
    ORIGIN_FOREIGN(Status.Code.PERMISSION_DENIED, 403),
    /** The caller is known and has none of the roles that the method asks for. */
    ROLE_MISSING(Status.Code.PERMISSION_DENIED, 403),

    /** No such path or method. */
    ROUTE_NOT_FOUND(Status.Code.UNIMPLEMENTED, 404),
    /** The path exists, the HTTP method does not. */
    METHOD_NOT_ALLOWED(Status.Code.UNIMPLEMENTED, 405),
    /** No such model. */
    MODEL_NOT_FOUND(Status.Code.NOT_FOUND, 404),
    /** The model has no such version, or no version that answers. */
    MODEL_VERSION_NOT_FOUND(Status.Code.NOT_FOUND, 404),
    /** No such audit event. */
    AUDIT_EVENT_NOT_FOUND(Status.Code.NOT_FOUND, 404),
    /** The audit event has left the store; an archive has it. */
    AUDIT_EVENT_ARCHIVED(Status.Code.NOT_FOUND, 410),
    /** No sealed event of the tenant speaks of such a person. */
    SUBJECT_NOT_FOUND(Status.Code.NOT_FOUND, 404),
    /** No checkpoint has been signed that covers what was asked for. */
    CHECKPOINT_NOT_FOUND(Status.Code.NOT_FOUND, 404),

    /** A model of that name exists. */
    MODEL_EXISTS(Status.Code.ALREADY_EXISTS, 409),
    /** That version exists; versions are immutable. */
    MODEL_VERSION_EXISTS(Status.Code.ALREADY_EXISTS, 409),
    /** The resource has changed since it was read. */
    ETAG_MISMATCH(Status.Code.ABORTED, 409),

    /** The service has as much work as it takes; retry after the hint. */
    OVERLOADED(Status.Code.RESOURCE_EXHAUSTED, 429),
    /** The caller asks more often than it may; retry after the hint. */
    RATE_LIMITED(Status.Code.RESOURCE_EXHAUSTED, 429),
    /** No engine of the model answers. */
    ENGINE_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** Data Prep does not answer, and unmasked text does not reach a model. */
    MASKING_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** The audit journal cannot make a trace durable; nothing is done without one. */
    AUDIT_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** The database does not answer. */
    DATABASE_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** Kafka does not answer. */
    TOPIC_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** The identity provider's keys are not known yet, so no token can be checked. */
    IDENTITY_PROVIDER_UNAVAILABLE(Status.Code.UNAVAILABLE, 503),
    /** The call took longer than its deadline. */
    TIMEOUT(Status.Code.DEADLINE_EXCEEDED, 504),
    /** The caller went away. */
    CANCELLED(Status.Code.CANCELLED, 499),

    /** A log of the audit trail is not what was published; nothing is proved from it. */
    LOG_DAMAGED(Status.Code.DATA_LOSS, 500),
    /** Anything the suite did not foresee; details stay in the log. */
    INTERNAL(Status.Code.INTERNAL, 500);

    private final Status.Code grpcCode;
    private final int httpStatus;

    ErrorReason(Status.Code grpcCode, int httpStatus) {
        this.grpcCode = grpcCode;
        this.httpStatus = httpStatus;
    }

    /** The reason of that name; empty when this version of the suite does not know it. */
    public static Optional<ErrorReason> named(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }

    /** Canonical gRPC code for this reason. */
    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** HTTP status for this reason, 400 to 599. */
    public int httpStatus() {
        return httpStatus;
    }
}
