package io.deepsuite.archive.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one run copied from a folder.
 *
 * @param format {@link #FORMAT}
 * @param prefix such as {@code training-logs/}
 * @param created when the run was (UTC)
 * @param files its copies
 */
record FolderManifest(
        @JsonProperty("format") String format,
        @JsonProperty("prefix") String prefix,
        @JsonProperty("created") String created,
        @JsonProperty("files") List<Copy> files) {

    static final String FORMAT = "deepsuite-folder-archive/1";

    FolderManifest {
        files = List.copyOf(files);
    }

    /**
     * A copy.
     *
     * @param path path of the file below the folder
     * @param modified when the file was last changed (UTC)
     * @param bytes length of the file
     * @param sha256 of the file, lower-case hex
     * @param name the copy, compressed, below the archive
     */
    record Copy(
            @JsonProperty("path") String path,
            @JsonProperty("modified") String modified,
            @JsonProperty("bytes") long bytes,
            @JsonProperty("sha256") String sha256,
            @JsonProperty("name") String name) {}
}
