package io.deepsuite.journal.shipping;

import java.io.IOException;
import org.apache.kafka.clients.producer.Producer;

/** Makes producers: one to begin with, and another after every failure and every change of the certificates. */
public interface Producers {

    /** A new producer. @throws IOException if a certificate or key file cannot be read */
    Producer<String, byte[]> create() throws IOException;

    /** Whether what the last producer was made from has changed, so that a new one is due. Asked often; must be cheap. */
    boolean isOutdated();
}
