package io.deepsuite.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** What holds for months in a folder holds for months in a bucket. */
class BucketArchiveIT extends ArchiveIT {

    private @Nullable ObjectStore store;

    @Override
    void startPlace(Path folder, Database database) throws IOException {
        store = new ObjectStore(folder, database.identity("audit-service"));
    }

    @AfterAll
    void stopPlace() {
        store().close();
    }

    @Override
    Map<String, String> place(Path folder) {
        try {
            var environment = store().environment("months/of");
            environment.put(
                    "DEEPSUITE_ARCHIVE_DIRECTORY", folder.resolve("drafts").toString());
            return environment;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Path archive(Path folder) {
        return store().bucket().resolve("months/of");
    }

    @Override
    Path at(String location) {
        return store().bucket().resolve(location.substring("s3://audit/".length()));
    }

    private ObjectStore store() {
        return Objects.requireNonNull(store);
    }
}
