package io.deepsuite.archive.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A folder. Two programs must not write to it at once: a name that is free stays free until the file has moved there. */
public final class FolderPlace implements ArchivePlace {

    private final Path root;

    public FolderPlace(Path root) {
        this.root = root;
    }

    @Override
    public Path draft(String name) throws IOException {
        var draft = draftOf(root, name);
        Files.createDirectories(draft.getParent());
        return draft;
    }

    /** Where a draft is below a folder. */
    static Path draftOf(Path folder, String name) {
        return folder.resolve(name + ".part");
    }

    @Override
    public boolean keep(String name) throws IOException {
        var draft = draftOf(root, name);
        if (has(name)) {
            Files.delete(draft);
            return false;
        }
        var file = root.resolve(name);
        force(draft, StandardOpenOption.WRITE);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) { // a file system over an object store
            Files.move(draft, file);
        }
        force(file.resolveSibling(""), StandardOpenOption.READ);
        return true;
    }

    @Override
    public boolean has(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(root.resolve(name));
    }

    @Override
    public String location(String name) {
        return root.resolve(name).toAbsolutePath().toUri().toString();
    }

    @Override
    public void close() {
        // a folder is not opened
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }
}
