package io.deepsuite.archive.place;

import io.deepsuite.jobkit.JobEnvironment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which bucket, and who asks.
 *
 * @param bucket DEEPSUITE_ARCHIVE_BUCKET, the name in {@code s3://bucket/prefix}
 * @param prefix the rest of it, without a slash at an end; may be empty
 * @param endpoint DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT, {@code https://} with a host and perhaps a port; empty for that of AWS in the region
 * @param region DEEPSUITE_ARCHIVE_BUCKET_REGION
 * @param authorities DEEPSUITE_ARCHIVE_BUCKET_CA, PEM file with whom to trust to name the server; empty for those of the Java runtime
 * @param credentials DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS or AWS_SHARED_CREDENTIALS_FILE, file in the format of AWS; empty when {@code variables} has them
 * @param profile AWS_PROFILE, which section of that file; default {@code default}
 * @param variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, if they are what counts
 */
public record BucketSettings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        String region,
        Optional<Path> credentials,
        String profile,
        Optional<Path> authorities,
        Map<String, String> variables) {

    static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    static final String TOKEN = "AWS_SESSION_TOKEN";

    private static final String ADDRESS = "DEEPSUITE_ARCHIVE_BUCKET";
    private static final String ENDPOINT = "DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT";
    private static final String REGION = "DEEPSUITE_ARCHIVE_BUCKET_REGION";

    private static final Pattern BUCKET =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._=-]+)*)/?");
    private static final Pattern REGIONS = Pattern.compile("[a-z0-9-]{1,40}");

    public BucketSettings {
        variables = Map.copyOf(variables);
    }

    /**
     * Reads the environment.
     *
     * @return empty when no bucket is named
     * @throws IllegalArgumentException naming what is missing or wrong, and no secret
     */
    public static Optional<BucketSettings> of(JobEnvironment environment) {
        return environment.optional(ADDRESS).map(address -> of(environment, address));
    }

    private static BucketSettings of(JobEnvironment environment, String address) {
        var named = BUCKET.matcher(address);
        if (!named.matches()) {
            throw refused(ADDRESS, address, "s3://bucket/prefix");
        }
        var region = environment.required(REGION);
        if (!REGIONS.matcher(region).matches()) {
            throw refused(REGION, region, "a name such as eu-central-1");
        }
        var file = environment.optional("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS");
        boolean direct = file.isEmpty() && environment.optional(KEY_ID).isPresent();
        return new BucketSettings(
                named.group(1),
                named.group(2).isEmpty() ? "" : named.group(2).substring(1),
                environment.optional(ENDPOINT).map(BucketSettings::endpoint),
                region,
                direct
                        ? Optional.empty()
                        : Optional.of(Path.of(file.orElseGet(() -> environment
                                .optional("AWS_SHARED_CREDENTIALS_FILE")
                                .orElse(System.getProperty("user.home") + "/.aws/credentials")))),
                environment.optional("AWS_PROFILE").orElse("default"),
                environment.optional("DEEPSUITE_ARCHIVE_BUCKET_CA").map(Path::of),
                direct ? secrets(environment) : Map.of());
    }

    private static Map<String, String> secrets(JobEnvironment environment) {
        return Map.of(
                KEY_ID, environment.required(KEY_ID),
                SECRET, environment.required(SECRET),
                TOKEN, environment.optional(TOKEN).orElse(""));
    }

    /** Never in clear: events and credentials would go over the wire. */
    private static URI endpoint(String text) {
        try {
            var address = new URI(text);
            if ("https".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null
                    && address.getPath().replace("/", "").isEmpty()) {
                return address;
            }
        } catch (URISyntaxException _) {
            // told below, like an address of another kind
        }
        throw refused(ENDPOINT, text.replaceAll("//[^/]*@", "//…@"), "https://host or https://host:port");
    }

    /** Where the store is, for people. */
    String address() {
        return endpoint.map(URI::toString).orElse("AWS, " + region);
    }

    /** Without what nobody should see. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix + " at " + address();
    }

    private static IllegalArgumentException refused(String name, String value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
}
