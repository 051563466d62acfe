package io.deepsuite.devstack.keycloak;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.DevstackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gets tokens from Keycloak; they are bound to the certificate with which they are asked for. */
public final class TokenClient {
    /** Client of the command line and of applications. */
    public static final String COMMAND_LINE = "deepsuite-cli";
    /** For tests: its tokens are meant for another application. */
    public static final String OTHER_AUDIENCE = "test-other-audience";
    /** For tests: its tokens live two seconds. */
    public static final String SHORT_LIVED = "test-short-lived";
    /** For tests: its tokens are not bound to a certificate. */
    public static final String UNBOUND = "test-unbound";

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern DESCRIPTION = Pattern.compile("\"error_description\"\\s*:\\s*\"([^\"]+)\"");

    private final URI keycloak;

    /** @param keycloak base address, without the realm */
    public TokenClient(URI keycloak) {
        this.keycloak = keycloak;
    }

    /**
     * A person's token.
     *
     * @param identity certificate to which the token is bound
     * @throws DevstackException if Keycloak does not answer or refuses
     */
    public String passwordGrant(Identity identity, String clientId, String username, String password) {
        return token(
                identity,
                Map.of("grant_type", "password", "client_id", clientId, "username", username, "password", password));
    }

    /** A service's own token: the certificate is the proof, and its common name the client. */
    public String clientCredentials(Identity workload) {
        return token(workload, Map.of("grant_type", "client_credentials", "client_id", workload.name()));
    }

    private String token(Identity identity, Map<String, String> form) {
        var request = HttpRequest.newBuilder(URI.create(keycloak + "/realms/deepsuite/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                .build();
        try (var client = HttpClient.newBuilder()
                .sslContext(identity.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            var token = ACCESS_TOKEN.matcher(response.body());
            if (response.statusCode() == 200 && token.find()) {
                return token.group(1);
            }
            var description = DESCRIPTION.matcher(response.body());
            throw new DevstackException("Keycloak gives no token: %d%s"
                    .formatted(response.statusCode(), description.find() ? " " + description.group(1) : ""));
        } catch (IOException e) {
            throw new DevstackException("Keycloak does not answer at " + keycloak + " (./deepsuite up starts it)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while asking for a token", e);
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
