package io.deepsuite.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * HTTP/1.1 written by hand, for requests that a client library would put right or refuse to send.
 *
 * @param context certificate and trust of the caller
 * @param port on 127.0.0.1
 */
public record RawHttp(SSLContext context, int port) {

    private static final int PATIENCE_MILLIS = 30_000;

    /**
     * Sends a request without body, and reads all of the answer.
     *
     * @param requestLine method, target and version as they are to be sent
     * @param headers whole lines, without line ends
     */
    public Reply send(String requestLine, String... headers) {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request = new StringBuilder(requestLine)
                    .append("\r\nHost: 127.0.0.1:")
                    .append(port)
                    .append("\r\nConnection: close\r\n");
            for (var header : headers) {
                request.append(header).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return Reply.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back.
     *
     * @param head status line and headers
     */
    public record Reply(int status, String head, String body) {

        private static Reply of(String text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IllegalStateException("no HTTP answer: '%s'".formatted(text));
            }
            return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }

        /** Value of a header; empty when there is none. */
        public String header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
