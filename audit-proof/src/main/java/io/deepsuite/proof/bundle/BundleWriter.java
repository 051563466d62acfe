package io.deepsuite.proof.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.InclusionProof;
import io.deepsuite.proof.merkle.TreeHash;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** Writes a bundle as a stream; holds nothing but the line at hand. The format is that of {@link BundleFormat}. */
public final class BundleWriter implements AutoCloseable {

    private final JsonGenerator json;
    private long leaves;

    /**
     * Begins a bundle.
     *
     * @param out where it goes; closed with the writer
     * @param created time of the export (UTC)
     */
    public BundleWriter(OutputStream out, Instant created) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.writeStartObject();
        json.writeStringField(BundleFormat.BUNDLE, BundleFormat.VERSION);
        json.writeStringField(BundleFormat.CREATED, created.toString());
        json.writeEndObject();
    }

    /**
     * Begins an unbroken run of a log's events.
     *
     * @param origin name of the log
     * @param before the log up to the first event that follows
     */
    public void beginRange(String origin, Frontier before) throws IOException {
        json.writeStartObject();
        json.writeStringField(BundleFormat.LOG, origin);
        json.writeNumberField(BundleFormat.FROM, before.size());
        writeHashes(BundleFormat.PEAKS, before.peaks());
        json.writeEndObject();
    }

    /**
     * Adds the next event of the run.
     *
     * @param event exact bytes
     */
    public void event(byte[] event) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.EVENT, event);
        json.writeEndObject();
        leaves++;
    }

    /**
     * Adds the next event of the run, and says so if it is not the one that was sealed there.
     *
     * @param event exact bytes as they are stored
     * @param sealed leaf hash in the tree
     */
    public void event(byte[] event, TreeHash sealed) throws IOException {
        if (TreeHash.ofLeaf(event).equals(sealed)) {
            event(event);
            return;
        }
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.EVENT, event);
        json.writeBinaryField(BundleFormat.SEALED, sealed.toBytes());
        json.writeEndObject();
        leaves++;
    }

    /**
     * Adds the next leaf of the run, whose event the store no longer has.
     *
     * @param leaf leaf hash in the tree
     */
    public void lost(TreeHash leaf) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.LOST, leaf.toBytes());
        json.writeEndObject();
        leaves++;
    }

    /**
     * Names the archive of a month, before the first leaf that is in it.
     *
     * @param month such as {@code 2026-08}
     * @param manifest SHA-256 of its manifest, lower-case hex
     * @param location where it is, for people
     */
    public void archive(String month, String manifest, String location) throws IOException {
        json.writeStartObject();
        json.writeStringField(BundleFormat.ARCHIVE, month);
        json.writeStringField(BundleFormat.MANIFEST, manifest);
        json.writeStringField(BundleFormat.LOCATION, location);
        json.writeEndObject();
    }

    /**
     * Adds the next leaf of the run, whose event has been moved to an archive.
     *
     * @param leaf leaf hash in the tree
     * @param month month of an archive that was named before
     */
    public void archived(TreeHash leaf, String month) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.ARCHIVED, leaf.toBytes());
        json.writeStringField(BundleFormat.MONTH, month);
        json.writeEndObject();
        leaves++;
    }

    /**
     * Adds a checkpoint of the size that the run has reached.
     *
     * @param checkpoint signed note
     */
    public void signed(String checkpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField(BundleFormat.CHECKPOINT, checkpoint);
        json.writeEndObject();
    }

    /**
     * Adds the next leaf of the run without its event, which the reader may not see.
     *
     * @param leaf leaf hash of the event as it is stored
     * @param sealed leaf hash in the tree
     */
    public void withheld(TreeHash leaf, TreeHash sealed) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.WITHHELD, leaf.toBytes());
        if (!leaf.equals(sealed)) {
            json.writeBinaryField(BundleFormat.SEALED, sealed.toBytes());
        }
        json.writeEndObject();
        leaves++;
    }

    /**
     * Ends the run.
     *
     * @param proof from the size behind the last event to the checkpoint's
     * @param checkpoint signed note
     */
    public void endRange(ConsistencyProof proof, String checkpoint) throws IOException {
        json.writeStartObject();
        json.writeNumberField(BundleFormat.TO, proof.oldSize());
        writeHashes(BundleFormat.CONSISTENCY, proof.path());
        json.writeStringField(BundleFormat.CHECKPOINT, checkpoint);
        json.writeEndObject();
    }

    /**
     * Begins a choice of single events of a log.
     *
     * @param origin name of the log
     * @param checkpoint signed note that their proofs lead to
     */
    public void beginChoice(String origin, String checkpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField(BundleFormat.LOG, origin);
        json.writeStringField(BundleFormat.CHECKPOINT, checkpoint);
        json.writeEndObject();
    }

    /**
     * Adds a chosen event.
     *
     * @param event exact bytes
     * @param proof its place in the checkpoint's tree
     */
    public void chosen(byte[] event, InclusionProof proof) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(BundleFormat.EVENT, event);
        json.writeNumberField(BundleFormat.LEAF, proof.leafIndex());
        writeHashes(BundleFormat.INCLUSION, proof.path());
        json.writeEndObject();
        leaves++;
    }

    /**
     * Ends the choice.
     *
     * @param count number of events chosen
     */
    public void endChoice(long count) throws IOException {
        json.writeStartObject();
        json.writeNumberField(BundleFormat.CHOSEN, count);
        json.writeEndObject();
    }

    /** Ends the bundle, and makes it whole by that. */
    public void end() throws IOException {
        json.writeStartObject();
        json.writeNumberField(BundleFormat.END, leaves);
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    /** Closes the stream; a bundle that was not ended before stays cut. */
    @Override
    public void close() throws IOException {
        json.close();
    }

    private void writeHashes(String field, List<TreeHash> hashes) throws IOException {
        json.writeArrayFieldStart(field);
        for (TreeHash hash : hashes) {
            json.writeBinary(hash.toBytes());
        }
        json.writeEndArray();
    }
}
