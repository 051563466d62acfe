package io.deepsuite.audit.console;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** Gives the console's sign-in its key, which comes from a file and not from a setting. An unreadable or short key stops the start. */
@ApplicationScoped
public class SessionKey {

    /** Name of the sign-in in the settings, {@code quarkus.oidc.console}. */
    static final String SIGN_IN = "console";

    private static final Pattern KEY = Pattern.compile("[!-~]{32,1024}");

    private final ConsoleConfig config;
    private final OidcConfig settings;

    SessionKey(ConsoleConfig config, OidcConfig settings) {
        this.config = config;
        this.settings = settings;
    }

    void complete(@Observes Oidc oidc) {
        var key = read(config.sessionKeyFile());
        var signIn = Objects.requireNonNull(settings.namedTenants().get(SIGN_IN), "quarkus.oidc.console");
        oidc.create(new OidcTenantConfigBuilder(io.quarkus.oidc.OidcTenantConfig.of(signIn))
                .tenantId(SIGN_IN)
                .authentication()
                // two uses, two keys: the identity provider extension hashes each text to a key of its own
                .stateSecret("state " + key)
                .end()
                .tokenStateManager()
                .encryptionSecret("session " + key)
                .end()
                .build());
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if it is too short, too long or no text; the message does not hold it
     */
    static String read(Path file) {
        try {
            var key = Files.readString(file).strip();
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "deepsuite.console.session-key-file: %d characters in %s (expected: 32 to 1024 visible ones)"
                                .formatted(key.length(), file));
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("deepsuite.console.session-key-file: cannot read " + file, e);
        }
    }

    @Override
    public String toString() {
        return "SessionKey";
    }
}
