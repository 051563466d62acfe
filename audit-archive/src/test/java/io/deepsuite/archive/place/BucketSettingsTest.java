package io.deepsuite.archive.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deepsuite.jobkit.JobEnvironment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketSettingsTest {

    @Test
    void readsWhereTheBucketIsAndShowsNoSecret() {
        // When
        var settings = settings(Map.of("DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT", "https://objects.example.com:9000"));

        // Then
        assertThat(settings.bucket()).isEqualTo("audit");
        assertThat(settings.prefix()).isEqualTo("of/us");
        assertThat(settings.endpoint()).contains(URI.create("https://objects.example.com:9000"));
        assertThat(settings).hasToString("s3://audit/of/us at https://objects.example.com:9000");
        BucketPlace.open(settings, Path.of("drafts")).close();
    }

    @Test
    void thereNeedBeNoBucket() {
        assertThat(BucketSettings.of(new JobEnvironment(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DEEPSUITE_ARCHIVE_BUCKET          | audit              | DEEPSUITE_ARCHIVE_BUCKET: audit (expected: s3://bucket/prefix)
            DEEPSUITE_ARCHIVE_BUCKET          | s3://Audit/x       | expected: s3://bucket/prefix
            DEEPSUITE_ARCHIVE_BUCKET          | s3://audit/../x    | expected: s3://bucket/prefix
            DEEPSUITE_ARCHIVE_BUCKET          | s3://audit//x      | expected: s3://bucket/prefix
            DEEPSUITE_ARCHIVE_BUCKET_REGION   | ' '                | DEEPSUITE_ARCHIVE_BUCKET_REGION is not set
            DEEPSUITE_ARCHIVE_BUCKET_REGION   | a.b                | a.b (expected: a name such as eu-central-1)
            DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT | http://h:9000      | http://h:9000 (expected: https://host or https://host:port)
            DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT | https://u:s3cret@h | https://…@h (expected: https://host
            DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT | https://h/path     | https://h/path (expected: https://host
            AWS_SECRET_ACCESS_KEY             | ' '                | AWS_SECRET_ACCESS_KEY is not set
            """)
    void refusesASettingThatIsMissingOrWrong(String name, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(name, value)))
                .withMessageContaining(expected);
    }

    @Test
    void refusesFilesThatDoNotHaveWhatIsNeeded(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("file"), "[other]\naws_access_key_id = key\n")
                .toString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Map.of("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS", file)))
                .withMessageContaining("expected: a profile named default");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Map.of("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS", file, "AWS_PROFILE", "other")))
                .withMessageContaining("expected: aws_access_key_id and aws_secret_access_key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Map.of("DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS", file + "-none")))
                .withMessageContaining("expected: a file to read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(Map.of("DEEPSUITE_ARCHIVE_BUCKET_CA", file)))
                .withMessageContaining("expected: certificates, PEM");
    }

    private static void open(Map<String, String> changes) {
        BucketPlace.open(settings(changes), Path.of("drafts")).close();
    }

    private static BucketSettings settings(Map<String, String> changes) {
        var environment = new HashMap<>(Map.of(
                "DEEPSUITE_ARCHIVE_BUCKET", "s3://audit/of/us/",
                "DEEPSUITE_ARCHIVE_BUCKET_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "s3cret"));
        environment.putAll(changes);
        return BucketSettings.of(new JobEnvironment(environment)).orElseThrow();
    }
}
