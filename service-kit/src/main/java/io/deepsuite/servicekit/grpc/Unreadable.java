package io.deepsuite.servicekit.grpc;

import io.deepsuite.servicekit.error.DeepsuiteException;

/**
 * Stands for a message that could not be read, between {@link TolerantMarshaller} and {@link UnreadableMessages}. The transport drops what a marshaller throws
 * and leaves the caller waiting, so the failure has to travel as a message.
 */
record Unreadable(DeepsuiteException failure) {}
