package io.deepsuite.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Finds out whether a port hears a caller. A server tells a TLS 1.3 client that it refuses its certificate only after the client's side of the handshake is
 * done, so the probe listens afterwards: a server that accepted waits for the first word, one that did not closes the connection.
 *
 * @param port on 127.0.0.1
 * @param postgres whether TLS has to be asked for in PostgreSQL's way first
 */
public record TlsProbe(int port, boolean postgres) {

    private static final int LISTENING_MILLIS = 2_000;
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final byte[] POSTGRES_SSL_REQUEST = HexFormat.of().parseHex("0000000804d2162f");

    /** Whether the server goes on with a caller of this context and protocol. */
    public boolean accepts(SSLContext context, String protocol) {
        try (var plain = connect(port)) {
            if (postgres) {
                plain.getOutputStream().write(POSTGRES_SSL_REQUEST);
                if (plain.getInputStream().read() != 'S') {
                    return false;
                }
            }
            try (var tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true)) {
                tls.setEnabledProtocols(new String[] {protocol});
                return handshake(tls);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean handshake(SSLSocket tls) {
        try {
            tls.setSoTimeout(HANDSHAKE_MILLIS);
            tls.startHandshake();
        } catch (IOException _) {
            return false;
        }
        try {
            tls.setSoTimeout(LISTENING_MILLIS);
            return tls.getInputStream().read() >= 0;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether a port answers a request that is not encrypted. */
    public static boolean answersInTheClear(int port) {
        try (var plain = connect(port)) {
            plain.setSoTimeout(LISTENING_MILLIS);
            plain.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(plain.getInputStream().readNBytes(5), StandardCharsets.ISO_8859_1);
            return answer.equals("HTTP/");
        } catch (IOException _) {
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return socket;
    }
}
