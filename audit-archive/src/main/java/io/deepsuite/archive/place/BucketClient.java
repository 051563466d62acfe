package io.deepsuite.archive.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes a client of a store from the settings, and from nothing else of this machine. */
final class BucketClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Between two bytes. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** For one request, which carries a part at most. */
    private static final Duration ATTEMPT = Duration.ofMinutes(5);

    /** For a request with all that it is tried again. */
    private static final Duration CALL = Duration.ofMinutes(12);

    private BucketClient() {}

    static S3Client open(BucketSettings settings) {
        var http = UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
        settings.authorities()
                .map(BucketClient::trust)
                .ifPresent(trusted -> http.tlsTrustManagersProvider(() -> trusted));
        var client = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClientBuilder(http)
                // each part has its SHA-256, and what is read back is compared; some stores know no other checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(RetryMode.STANDARD)
                        .defaultProfileFile(ProfileFile.aggregator().build()));
        settings.endpoint()
                .ifPresent(endpoint -> client.endpointOverride(endpoint).forcePathStyle(true));
        return client.build();
    }

    private static AwsCredentialsProvider credentials(BucketSettings settings) {
        return settings.credentials()
                .map(file -> profile(file, settings.profile()))
                .orElseGet(() -> StaticCredentialsProvider.create(
                        settings.variables()
                                        .getOrDefault(BucketSettings.TOKEN, "")
                                        .isEmpty()
                                ? AwsBasicCredentials.create(
                                        variable(settings, BucketSettings.KEY_ID),
                                        variable(settings, BucketSettings.SECRET))
                                : AwsSessionCredentials.create(
                                        variable(settings, BucketSettings.KEY_ID),
                                        variable(settings, BucketSettings.SECRET),
                                        variable(settings, BucketSettings.TOKEN))));
    }

    private static String variable(BucketSettings settings, String name) {
        return settings.variables().getOrDefault(name, "");
    }

    private static AwsCredentialsProvider profile(Path file, String profile) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS: " + file
                    + " (expected: a file to read, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)");
        }
        var profiles = ProfileFile.builder()
                .content(file)
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
        var keys = profiles.profile(profile)
                .orElseThrow(() -> new IllegalArgumentException(
                        "DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS: %s (expected: a profile named %s)"
                                .formatted(file, profile)));
        if (keys.property("aws_access_key_id").isEmpty()
                || keys.property("aws_secret_access_key").isEmpty()) {
            throw new IllegalArgumentException(
                    "DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS: %s, %s (expected: aws_access_key_id and aws_secret_access_key)"
                            .formatted(file, profile));
        }
        return ProfileCredentialsProvider.builder()
                .profileFile(profiles)
                .profileName(profile)
                .build();
    }

    private static TrustManager[] trust(Path file) {
        try (var in = Files.newInputStream(file)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw untrusted(file, null);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw untrusted(file, e);
        }
    }

    private static IllegalArgumentException untrusted(Path file, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "DEEPSUITE_ARCHIVE_BUCKET_CA: " + file + " (expected: certificates, PEM)", cause);
    }
}
