package io.deepsuite.archive;

import io.deepsuite.archive.lifecycle.LifecycleReader;
import io.deepsuite.archive.lifecycle.LifecycleRule;
import io.deepsuite.archive.place.ArchivePlace;
import io.deepsuite.archive.place.BucketPlace;
import io.deepsuite.archive.place.BucketSettings;
import io.deepsuite.archive.place.FolderPlace;
import io.deepsuite.jobkit.JobEnvironment;
import io.deepsuite.jobkit.OwnerSettings;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which database, and what to keep there.
 *
 * @param owner the database, as its owner
 * @param monthsAhead DEEPSUITE_ARCHIVE_MONTHS_AHEAD, months to have ready behind the present one, 1 to 24; default 3
 * @param lockTimeout DEEPSUITE_ARCHIVE_LOCK_TIMEOUT, seconds to wait for a lock at most, 1 to 60; default 5. Ingest may wait as long
 * @param archiving what the archive needs; empty when DEEPSUITE_ARCHIVE_LIFECYCLE is not set, and then nothing is archived
 */
record Settings(OwnerSettings owner, int monthsAhead, Duration lockTimeout, Optional<Archiving> archiving) {

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong
     */
    static Settings of(Map<String, String> variables) {
        var environment = new JobEnvironment(variables);
        return new Settings(
                OwnerSettings.of(environment),
                environment.number("DEEPSUITE_ARCHIVE_MONTHS_AHEAD", 3, 1, 24),
                Duration.ofSeconds(environment.number("DEEPSUITE_ARCHIVE_LOCK_TIMEOUT", 5, 1, 60)),
                environment
                        .optional("DEEPSUITE_ARCHIVE_LIFECYCLE")
                        .map(lifecycle -> new Archiving(
                                Path.of(lifecycle),
                                Path.of(environment.required("DEEPSUITE_ARCHIVE_DIRECTORY")),
                                BucketSettings.of(environment),
                                Path.of(environment.required("DEEPSUITE_ARCHIVE_KEYS")))));
    }

    /** Address for JDBC. */
    String url() {
        return owner.url();
    }

    /**
     * What the archive needs.
     *
     * @param lifecycle DEEPSUITE_ARCHIVE_LIFECYCLE, file with the rules
     * @param directory DEEPSUITE_ARCHIVE_DIRECTORY, folder of the archive; with a bucket, where a month is until it is there
     * @param bucket DEEPSUITE_ARCHIVE_BUCKET and its kin; empty when the archive is the folder
     * @param keys DEEPSUITE_ARCHIVE_KEYS, file with the public keys of the logs, one a line; not from the database, whose contents they judge
     */
    record Archiving(Path lifecycle, Path directory, Optional<BucketSettings> bucket, Path keys) {
        /**
         * Reads the rules.
         *
         * @throws IllegalArgumentException if the file cannot be read, or a rule is not understood
         */
        List<LifecycleRule> rules() {
            return LifecycleReader.read(text("DEEPSUITE_ARCHIVE_LIFECYCLE", lifecycle));
        }

        /**
         * Where archived files go.
         *
         * @throws IllegalArgumentException if a file that is needed to reach a bucket cannot be read
         */
        ArchivePlace place() {
            return bucket.<ArchivePlace>map(named -> BucketPlace.open(named, directory))
                    .orElseGet(() -> new FolderPlace(directory));
        }

        /**
         * Reads the keys.
         *
         * @throws IllegalArgumentException if the file cannot be read, or has no key
         */
        List<NoteVerifier> verifiers() {
            try {
                var verifiers = text("DEEPSUITE_ARCHIVE_KEYS", keys)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(NoteVerifier::parse)
                        .toList();
                if (verifiers.isEmpty()) {
                    throw new IllegalArgumentException("DEEPSUITE_ARCHIVE_KEYS: " + keys + " (expected: a key a line)");
                }
                return verifiers;
            } catch (NoteException e) {
                throw new IllegalArgumentException("DEEPSUITE_ARCHIVE_KEYS: " + keys + ": " + e.getMessage(), e);
            }
        }

        private static String text(String name, Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException(name + ": " + file + " (expected: a file to read)", e);
            }
        }
    }
}
