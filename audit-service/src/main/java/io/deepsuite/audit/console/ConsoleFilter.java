package io.deepsuite.audit.console;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * What browsers are told about every page of the console, and what is refused before anybody is asked to sign in: changes that another site sends. Signing out is the
 * only change there is.
 */
@ApplicationScoped
public class ConsoleFilter {

    private static final int AFTER_THE_GATE = 9_000;
    private static final int SEE_OTHER = 303;
    private static final String ROOT = "/console";
    private static final String SIGN_OUT = ROOT + "/sign-out";
    private static final String ASSETS = ROOT + "/assets/";

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Strict-Transport-Security", "max-age=31536000",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private final TenantConfigBean identityProviders;

    ConsoleFilter(TenantConfigBean identityProviders) {
        this.identityProviders = identityProviders;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, AFTER_THE_GATE);
    }

    private void handle(RoutingContext routing) {
        var request = routing.request();
        var path = Objects.requireNonNullElse(request.path(), "");
        if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
            routing.next();
            return;
        }
        var headers = routing.response().headers();
        HEADERS.forEach(headers::set);
        headers.set("Content-Security-Policy", policy());
        headers.set(HttpHeaders.CACHE_CONTROL, path.startsWith(ASSETS) ? "no-cache" : "no-store");
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (reads && path.equals(SIGN_OUT)) {
            // where signing in anew leads after an attempt to sign out of a session that had ended
            routing.response()
                    .setStatusCode(SEE_OTHER)
                    .putHeader(HttpHeaders.LOCATION, ROOT)
                    .end();
        } else if (!reads && !isOfTheSameOrigin(request)) {
            routing.fail(new DeepsuiteException(
                    ErrorReason.ORIGIN_FOREIGN, "the change does not come from a page of the console"));
        } else {
            routing.next();
        }
    }

    /** Browsers say where a request comes from in one way or the other; what says neither is no browser, and refused. */
    static boolean isOfTheSameOrigin(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && origin.equals("https://" + request.authority());
    }

    /** Scripts and styles come from files of the console only; signing out leads on to the identity provider, which a form has to be allowed. */
    private String policy() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                + " form-action 'self'"
                + identityProvider() + "; base-uri 'none'; frame-ancestors 'none'";
    }

    private String identityProvider() {
        var signIn = identityProviders.getStaticTenant(SessionKey.SIGN_IN);
        var metadata = signIn == null ? null : signIn.getOidcMetadata();
        if (metadata == null || metadata.getEndSessionUri() == null) {
            return "";
        }
        var address = URI.create(metadata.getEndSessionUri());
        return " " + address.getScheme() + "://" + address.getRawAuthority();
    }
}
