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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database, and what to keep there.
 *
 * @param owner the database, as its owner
 * @param monthsAhead DEEPSUITE_ARCHIVE_MONTHS_AHEAD, months to have ready behind the present one, 1 to 24; default 3
 * @param lockTimeout DEEPSUITE_ARCHIVE_LOCK_TIMEOUT, seconds to wait for a lock at most, 1 to 60; default 5. Ingest may wait as long
 * @param archiving what the archive needs; empty when DEEPSUITE_ARCHIVE_LIFECYCLE is not set, and then nothing is archived
 */
record Settings(OwnerSettings owner, int monthsAhead, Duration lockTimeout, Optional<Archiving> archiving) {

    private static final String FOLDERS = "DEEPSUITE_ARCHIVE_FOLDERS";
    private static final Pattern FOLDER = Pattern.compile("([a-z0-9][a-z0-9-]{0,62})=(/.*)");

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
                                Path.of(environment.required("DEEPSUITE_ARCHIVE_KEYS")),
                                folders(environment))));
    }

    private static Map<String, Path> folders(JobEnvironment environment) {
        var folders = new LinkedHashMap<String, Path>();
        var archive = Path.of(environment.required("DEEPSUITE_ARCHIVE_DIRECTORY"))
                .toAbsolutePath()
                .normalize();
        for (var named : environment.optional(FOLDERS).orElse("").split(",", -1)) {
            if (named.isBlank()) {
                continue;
            }
            var parts = FOLDER.matcher(named.strip());
            if (!parts.matches() || (parts.group(1) + "/").equals(LifecycleReader.AUDIT_EVENTS)) {
                throw new IllegalArgumentException(
                        FOLDERS + ": " + named + " (expected: name=/folder, such as training-logs=/var/log/training)");
            }
            var folder = Path.of(parts.group(2)).normalize();
            if (folder.startsWith(archive) || archive.startsWith(folder)) {
                throw new IllegalArgumentException(
                        FOLDERS + ": " + named + " (expected: a folder apart from " + archive + ")");
            }
            if (folders.put(parts.group(1) + "/", folder) != null) {
                throw new IllegalArgumentException(FOLDERS + ": " + named + " (expected: each name once)");
            }
        }
        return folders;
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
     * @param folders DEEPSUITE_ARCHIVE_FOLDERS, folders of other files that rules may name, by prefix; {@code training-logs=/var/log/training}, apart by commas
     */
    record Archiving(
            Path lifecycle, Path directory, Optional<BucketSettings> bucket, Path keys, Map<String, Path> folders) {
        /**
         * Reads the rules.
         *
         * @throws IllegalArgumentException if the file cannot be read, or a rule is not understood
         */
        List<LifecycleRule> rules() {
            return LifecycleReader.read(text("DEEPSUITE_ARCHIVE_LIFECYCLE", lifecycle), List.copyOf(folders.keySet()));
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
