package io.deepsuite.servicekit.identity;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the identity provider's keys are known; stays ready when the provider goes away later, since tokens are verified with the keys at hand. Quarkus' own
 * check asks the provider each time and would take the service out with it.
 */
@Readiness
@ApplicationScoped
public class IdentityReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TenantConfigBean tenants;

    IdentityReadiness(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var provider = tenants.getDefaultTenant();
        return check(provider.ready(), () -> provider.initialize().map(TenantConfigContext::ready), PATIENCE);
    }

    /**
     * The answer.
     *
     * @param known whether the keys are at hand
     * @param ask has the provider asked for them, and tells whether they are known then
     * @param patience longest to wait for that
     */
    static Uni<HealthCheckResponse> check(boolean known, Supplier<Uni<Boolean>> ask, Duration patience) {
        if (known) {
            return Uni.createFrom().item(response(true));
        }
        // the provider was away at the start; nothing else would ask again before the first call
        return ask.get()
                .map(IdentityReadiness::response)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(() -> response(false))
                .onFailure()
                .recoverWithItem(() -> response(false));
    }

    private static HealthCheckResponse response(boolean known) {
        return HealthCheckResponse.named("identity provider's keys")
                .status(known)
                .build();
    }
}
