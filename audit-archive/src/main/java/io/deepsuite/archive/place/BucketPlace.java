package io.deepsuite.archive.place;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A prefix of a bucket. Each object is put on the condition that there is none of its name ({@code If-None-Match: *}), with the SHA-256 of each part, which the
 * store compares. A large one goes in parts, and is there when all of them are.
 */
public final class BucketPlace implements ArchivePlace {

    /** Bytes of a part; there may be 10,000, so an object may have 156 GiB. One is in memory at a time. */
    private static final int PART = 16 << 20;

    private static final String CONTENT = "application/octet-stream";

    private final S3Client client;
    private final BucketSettings settings;
    private final Path drafts;
    private final int part;

    private BucketPlace(S3Client client, BucketSettings settings, Path drafts, int part) {
        this.client = client;
        this.settings = settings;
        this.drafts = drafts;
        this.part = part;
    }

    /**
     * Prepares to reach a bucket; nothing is asked of it yet.
     *
     * @param drafts folder of this machine with space for the largest file
     * @throws IllegalArgumentException if a file of the settings cannot be read
     */
    public static BucketPlace open(BucketSettings settings, Path drafts) {
        return open(settings, drafts, PART);
    }

    static BucketPlace open(BucketSettings settings, Path drafts, int part) {
        return new BucketPlace(BucketClient.open(settings), settings, drafts, part);
    }

    @Override
    public Path draft(String name) throws IOException {
        var draft = FolderPlace.draftOf(drafts, name);
        Files.createDirectories(draft.getParent());
        return draft;
    }

    @Override
    public boolean keep(String name) throws IOException {
        var draft = FolderPlace.draftOf(drafts, name);
        try (var in = new BufferedInputStream(Files.newInputStream(draft))) {
            // asked first, too: it spares sending what is there, and some stores do not know the condition
            return !has(name) && put(name, in);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Puts an object. @return false if there is one of the name, whoever put it there meanwhile */
    boolean put(String name, InputStream in) throws IOException {
        byte[] first = in.readNBytes(part);
        try {
            if (first.length < part) {
                client.putObject(
                        request -> request.bucket(settings.bucket())
                                .key(key(name))
                                .ifNoneMatch("*")
                                .checksumSHA256(sha256(first)),
                        body(first));
            } else {
                putParts(name, first, in);
            }
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() == HttpURLConnection.HTTP_PRECON_FAILED) {
                return false;
            }
            throw failed(name, e);
        } catch (SdkException e) {
            throw failed(name, e);
        }
    }

    private void putParts(String name, byte[] first, InputStream in) throws IOException {
        var upload = client.createMultipartUpload(request ->
                        request.bucket(settings.bucket()).key(key(name)).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        boolean done = false;
        try {
            var parts = new ArrayList<CompletedPart>();
            for (byte[] next = first; next.length > 0; next = in.readNBytes(part)) {
                parts.add(putPart(name, upload, parts.size() + 1, next));
            }
            client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                    .key(key(name))
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(all -> all.parts(parts)));
            done = true;
        } finally {
            if (!done) {
                abort(name, upload);
            }
        }
    }

    private CompletedPart putPart(String name, String upload, int number, byte[] bytes) {
        var digest = sha256(bytes);
        var tag = client.uploadPart(
                        request -> request.bucket(settings.bucket())
                                .key(key(name))
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(digest),
                        body(bytes))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(digest)
                .build();
    }

    /** Parts that stay all the same are nothing that can be read; a rule of the bucket removes them. */
    private void abort(String name, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(settings.bucket()).key(key(name)).uploadId(upload));
        } catch (SdkException _) {
            // what failed before is what is told
        }
    }

    @Override
    public boolean has(String name) throws IOException {
        try {
            client.headObject(request -> request.bucket(settings.bucket()).key(key(name)));
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw failed(name, e);
        } catch (SdkException e) {
            throw failed(name, e);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return client.getObject(request -> request.bucket(settings.bucket()).key(key(name)));
        } catch (SdkException e) {
            throw failed(name, e);
        }
    }

    @Override
    public String location(String name) {
        return "s3://" + settings.bucket() + "/" + key(name);
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(String name) {
        return settings.prefix().isEmpty() ? name : settings.prefix() + "/" + name;
    }

    /** What the store says is told by its code alone: its text may repeat what was sent. */
    private IOException failed(String name, SdkException failure) {
        var place = "%s at %s".formatted(location(name), settings.address());
        if (failure instanceof AwsServiceException refused) {
            var details = refused.awsErrorDetails();
            var code = code(details);
            if (refused.statusCode() == HttpURLConnection.HTTP_NOT_FOUND && code.equals(" NoSuchKey")) {
                return new NoSuchFileException(location(name), null, "not in the bucket, at " + settings.address());
            }
            var what = refused.statusCode() == HttpURLConnection.HTTP_FORBIDDEN ? "access denied" : "refused";
            return new IOException("%s: %s (%d%s)".formatted(place, what, refused.statusCode(), code), failure);
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new IOException(
                "%s: not reached (%s: %s)".formatted(place, cause.getClass().getSimpleName(), cause.getMessage()),
                failure);
    }

    private static String code(@Nullable AwsErrorDetails details) {
        return details == null
                        || details.errorCode() == null
                        || !details.errorCode().matches("[A-Za-z.]{1,64}")
                ? ""
                : " " + details.errorCode();
    }

    /** May be read again for another attempt. */
    private static RequestBody body(byte[] bytes) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, CONTENT);
    }

    private static String sha256(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Sha256.digest().digest(bytes));
    }
}
