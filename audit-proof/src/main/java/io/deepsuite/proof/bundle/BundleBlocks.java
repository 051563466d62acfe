package io.deepsuite.proof.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads a bundle in blocks of whole lines. Blocks are parsed and their events hashed by as many threads as there are processors, a few blocks ahead; they come
 * out in their order, so that whoever takes them can do as if there was one thread.
 */
final class BundleBlocks implements AutoCloseable {

    /** Length of a block, bytes; a longer line makes a longer block. */
    private static final int LENGTH = 1 << 20;

    /** Longest line, bytes: twenty times what Kafka takes as a record. */
    static final int MAX_LINE = 1 << 25;

    private static final JsonFactory JSON = new JsonFactory();

    private final InputStream in;
    private final int ahead = 2 * Runtime.getRuntime().availableProcessors();
    private final ExecutorService workers = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("bundle-", 0).factory());
    private final Queue<CompletableFuture<Block>> parsed = new ArrayDeque<>();
    private byte[] rest = new byte[0];
    private boolean exhausted;

    /** @param in the bundle; not closed */
    BundleBlocks(InputStream in) {
        this.in = in;
    }

    /**
     * Lines one behind the other.
     *
     * @param fault why what follows the lines cannot be read; nothing comes behind a block with a fault
     */
    record Block(List<BundleLine> lines, Optional<String> fault) {}

    /** The next block, or empty behind the last one. */
    Optional<Block> next() {
        while (!exhausted && parsed.size() < ahead) {
            readAhead();
        }
        var first = parsed.poll();
        try {
            return Optional.ofNullable(first).map(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IllegalStateException("a block could not be parsed", e);
        }
    }

    private void readAhead() {
        try {
            byte[] block = read();
            if (block.length > 0) {
                parsed.add(CompletableFuture.supplyAsync(() -> parse(block), workers));
            }
        } catch (IOException e) {
            exhausted = true;
            parsed.add(CompletableFuture.completedFuture(
                    new Block(List.of(), Optional.of(String.valueOf(e.getMessage())))));
        }
    }

    /** Reads up to the end of a line; the beginning of the next one is kept. */
    private byte[] read() throws IOException {
        byte[] block = Arrays.copyOf(rest, rest.length + LENGTH);
        int length = rest.length;
        while (true) {
            int read = in.readNBytes(block, length, block.length - length);
            int end = lastLineEnd(block, length, length + read);
            length += read;
            if (length < block.length) {
                exhausted = true;
                rest = new byte[0];
                return Arrays.copyOf(block, length);
            }
            if (end > 0) {
                rest = Arrays.copyOfRange(block, end, length);
                return Arrays.copyOf(block, end);
            }
            if (length >= MAX_LINE) {
                throw new IOException("a line has more than %d bytes".formatted(MAX_LINE));
            }
            block = Arrays.copyOf(block, 2 * length);
        }
    }

    private static int lastLineEnd(byte[] block, int from, int to) {
        for (int end = to; end > from; end--) {
            if (block[end - 1] == '\n') {
                return end;
            }
        }
        return 0;
    }

    private static Block parse(byte[] block) {
        List<BundleLine> lines = new ArrayList<>();
        try (JsonParser json = JSON.createParser(block)) {
            for (BundleLine line = BundleLine.read(json); line != null; line = BundleLine.read(json)) {
                lines.add(line);
            }
            return new Block(lines, Optional.empty());
        } catch (JsonProcessingException malformed) {
            return new Block(lines, Optional.of(malformed.getOriginalMessage()));
        } catch (IOException malformed) {
            return new Block(lines, Optional.of(String.valueOf(malformed.getMessage())));
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
