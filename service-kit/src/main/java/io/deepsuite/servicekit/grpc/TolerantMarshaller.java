package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads messages with another marshaller, and returns an {@link Unreadable} for what that one refuses or what is too large. */
final class TolerantMarshaller<T> implements MethodDescriptor.Marshaller<T> {

    private final MethodDescriptor.Marshaller<T> delegate;
    private final long maxBytes;

    TolerantMarshaller(MethodDescriptor.Marshaller<T> delegate, long maxBytes) {
        this.delegate = delegate;
        this.maxBytes = maxBytes;
    }

    @Override
    public InputStream stream(T value) {
        return delegate.stream(value);
    }

    @Override
    public T parse(InputStream stream) {
        try {
            int size = stream.available();
            return size > maxBytes ? unreadable(tooLarge(size)) : delegate.parse(stream);
        } catch (StatusRuntimeException | IOException e) {
            return unreadable(new DeepsuiteException(
                    ErrorReason.BODY_MALFORMED, "the message is not what the contract says", Map.of(), e));
        }
    }

    private DeepsuiteException tooLarge(int size) {
        return new DeepsuiteException(
                ErrorReason.BODY_TOO_LARGE,
                "message: %d bytes (expected: at most %d)".formatted(size, maxBytes),
                Map.of("max_bytes", Long.toString(maxBytes)));
    }

    /** Nobody but {@link UnreadableMessages} sees the object, before anything casts it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T unreadable(DeepsuiteException failure) {
        return (T) new Unreadable(failure);
    }
}
