package io.deepsuite.archive.place;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.deepsuite.archive.ObjectStore;
import io.deepsuite.devstack.certificate.CertificateAuthority;
import io.deepsuite.jobkit.JobEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketPlaceIT {

    /** The least that S3 takes for a part that is not the last. */
    private static final int PART = 5 << 20;

    private Path folder;
    private CertificateAuthority authority;
    private ObjectStore store;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        authority = CertificateAuthority.open(temporary.resolve("certs"), Clock.systemUTC());
        store = new ObjectStore(temporary, authority.identity("audit-service"));
    }

    @AfterAll
    void stop() {
        store.close();
    }

    @Test
    void keepsAFileOnceAndNeverOverwritesIt() throws IOException {
        try (var place = place(Map.of())) {
            // Given
            assertThat(place.has("once/file")).isFalse();
            write(place, "once/file", "first");

            // When
            boolean first = place.keep("once/file");
            write(place, "once/file", "second");
            boolean second = place.keep("once/file");

            // Then
            assertThat(first).isTrue();
            assertThat(second).isFalse();
            assertThat(place.has("once/file")).isTrue();
            assertThat(read(place, "once/file")).isEqualTo("first");
            assertThat(place.location("once/file")).isEqualTo("s3://audit/a/b/once/file");
            assertThat(folder.resolve("drafts/once/file.part")).doesNotExist();
        }
    }

    @Test
    void twoThatPutOneNameAtOnceDoNotOverwriteEachOther() throws IOException {
        // Given: both were told that the name is free
        try (var place = place(Map.of());
                var other = BucketClient.open(settings(Map.of()))) {
            write(place, "race", "ours");
            other.putObject(
                    request -> request.bucket(ObjectStore.BUCKET).key("a/b/race"), RequestBody.fromString("theirs"));

            // When
            boolean kept = place.put("race", Files.newInputStream(folder.resolve("drafts/race.part")));

            // Then
            assertThat(kept).isFalse();
            assertThat(read(place, "race")).isEqualTo("theirs");
        }
    }

    @Test
    void sendsALargeFileInParts() throws IOException {
        try (var place = place(Map.of())) {
            // Given
            byte[] bytes = new byte[2 * PART + 7];
            new Random(1).nextBytes(bytes);
            Files.write(place.draft("large"), bytes);

            // When
            boolean kept = place.keep("large");
            Files.write(place.draft("large"), new byte[PART + 1]);
            boolean again = place.keep("large");

            // Then
            assertThat(kept).isTrue();
            assertThat(again).isFalse();
            try (var in = place.open("large")) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        try (var place = place(Map.of())) {
            assertThatIOException()
                    .isThrownBy(() -> place.open("nothing"))
                    .isInstanceOf(NoSuchFileException.class)
                    .withMessageContaining("s3://audit/a/b/nothing");
        }
        try (var place = place(Map.of("DEEPSUITE_ARCHIVE_BUCKET", "s3://elsewhere"))) {
            write(place, "file", "text");
            assertThatIOException()
                    .isThrownBy(() -> place.keep("file"))
                    .withMessageContainingAll("s3://elsewhere/file at https://127.0.0.1:", "404 NoSuchBucket");
        }
    }

    @Test
    void namesBucketAndEndpointAndNoSecretWhenItIsNotLetIn() throws IOException {
        var stranger = store.credentials("another-secret").toString();
        try (var place = place(Map.of("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS", stranger))) {
            assertThatIOException()
                    .isThrownBy(() -> place.open("file"))
                    .withMessageContainingAll(
                            "s3://audit/a/b/file at https://127.0.0.1:", "access denied (403 SignatureDoesNotMatch)")
                    .extracting(Throwable::getMessage, as(InstanceOfAssertFactories.STRING))
                    .doesNotContain("secret", "archive-job");
            assertThatIOException().isThrownBy(() -> place.has("file")).withMessageContaining("access denied (403");
        }
    }

    @Test
    void namesBucketAndEndpointWhenNobodyListens() throws IOException {
        var endpoint = "https://127.0.0.1:" + ObjectStore.freePort();
        try (var place = place(Map.of("DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT", endpoint))) {
            assertThatIOException()
                    .isThrownBy(() -> place.has("file"))
                    .withMessage("s3://audit/a/b/file at %s: not reached (ConnectException: Connection refused)"
                            .formatted(endpoint));
        }
    }

    @Test
    void doesNotTrustAServerOfAnotherAuthority() throws IOException {
        var other = CertificateAuthority.open(folder.resolve("other"), Clock.systemUTC());
        try (var place = place(
                Map.of("DEEPSUITE_ARCHIVE_BUCKET_CA", other.certificateFile().toString()))) {
            assertThatIOException()
                    .isThrownBy(() -> place.has("file"))
                    .withMessageContainingAll("not reached", "trust anchors");
        }
    }

    private BucketPlace place(Map<String, String> changes) {
        return BucketPlace.open(settings(changes), folder.resolve("drafts"), PART);
    }

    private BucketSettings settings(Map<String, String> changes) {
        try {
            var environment = new HashMap<>(store.environment("a/b/"));
            environment.putAll(changes);
            return BucketSettings.of(new JobEnvironment(environment)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ArchivePlace place, String name, String text) throws IOException {
        Files.writeString(place.draft(name), text);
    }

    private static String read(ArchivePlace place, String name) throws IOException {
        try (var in = place.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
