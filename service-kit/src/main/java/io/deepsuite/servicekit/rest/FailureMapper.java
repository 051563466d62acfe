package io.deepsuite.servicekit.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorBody;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.request.CallContext;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders every failure of a REST method, with the reason that the audit event gets too. */
public final class FailureMapper {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailureMapper.class);

    private static final int BEFORE_BUILT_IN = Priorities.USER - 1;

    @ServerExceptionMapper(
            value = {
                DeepsuiteException.class,
                AuthenticationCompletionException.class,
                AuthenticationFailedException.class,
                UnauthorizedException.class,
                ForbiddenException.class,
                SecurityException.class,
                NotFoundException.class,
                WebApplicationException.class,
                JsonProcessingException.class,
                MismatchedInputException.class,
                ConstraintViolationException.class,
                ValidationException.class,
                Throwable.class
            },
            priority = BEFORE_BUILT_IN)
    Response map(Throwable failure) {
        var call = CallContext.current();
        var told = Failures.classify(
                failure, call.flatMap(CallContext::bearerToken).isPresent());
        if (told.reason() == ErrorReason.INTERNAL) {
            LOGGER.atError().setCause(failure).log("a REST call failed for an unforeseen reason");
        }
        call.ifPresent(context -> context.failed(told.reason()));
        return response(told, call.map(CallContext::path).orElse(""));
    }

    /** The answer for a failure of a call to that path. */
    public static Response response(DeepsuiteException failure, String path) {
        var body = ErrorBody.of(failure, path);
        var response = Response.status(body.status()).type(body.mediaType()).entity(body.json());
        if (failure.reason().httpStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        Failures.retryAfter(failure)
                .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.ceilDiv(wait.toMillis(), 1000L)));
        return response.build();
    }
}
