package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.BrowserPaths;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.identity.CallerReader;
import io.deepsuite.servicekit.identity.IdentityConfig;
import io.deepsuite.servicekit.identity.TokenBinding;
import io.deepsuite.servicekit.logging.LogKeys;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.MDC;

/**
 * Joins the two identities of a call: the token's owner keeps its roles and gets the role {@code peer:<workload>} of the certificate. A certificate alone is
 * no authentication, and a token bound to another certificate is refused unless the workload that carries it may act for others. A person who signed in with a
 * browser has no certificate, and is somebody on the pages for browsers only.
 */
@ApplicationScoped
public class PeerIdentityAugmentor implements SecurityIdentityAugmentor {

    /** Prefix of the role that stands for the workload of the client certificate. */
    public static final String PEER_ROLE_PREFIX = "peer:";

    /** Attribute of the identity that holds the {@link Caller}. */
    public static final String CALLER_ATTRIBUTE = "deepsuite.caller";

    private final TokenBinding binding;
    private final BrowserPaths browserPaths;

    PeerIdentityAugmentor(IdentityConfig config) {
        this.binding = new TokenBinding(config.requireBoundTokens(), config.delegatingWorkloads());
        this.browserPaths = BrowserPaths.of(config);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext routing = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (routing == null || identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        var call = CallContext.of(routing);
        try {
            return Uni.createFrom().item(join(identity, call));
        } catch (DeepsuiteException e) {
            return Uni.createFrom().failure(new AuthenticationFailedException(e.detail(), e));
        }
    }

    private SecurityIdentity join(SecurityIdentity identity, CallContext call) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new DeepsuiteException(
                    ErrorReason.TOKEN_MISSING, "the call carries no bearer token; a certificate alone is not enough");
        }
        if (identity.getCredential(IdTokenCredential.class) == null) {
            binding.check(token, call.peer());
        } else {
            checkSession(call);
        }
        var caller = CallerReader.read(token, identity.getRoles(), call.peer(), call.sourceAddress());
        call.identified(caller);
        MDC.put(LogKeys.TENANT, caller.tenant());
        return QuarkusSecurityIdentity.builder(identity)
                .addRole(PEER_ROLE_PREFIX + caller.workload())
                .addAttribute(CALLER_ATTRIBUTE, caller)
                .build();
    }

    /** A session's cookie names its own identity provider client, on whatever path it is sent; it counts on the pages for browsers only. */
    private void checkSession(CallContext call) {
        if (!browserPaths.contain(call.path())) {
            throw new DeepsuiteException(ErrorReason.TOKEN_INVALID, "a browser's session counts on its own pages only");
        }
    }
}
