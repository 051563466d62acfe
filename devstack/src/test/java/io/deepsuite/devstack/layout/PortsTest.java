package io.deepsuite.devstack.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void standardPortsAreTheDocumentedOnes() {
        var ports = Ports.standard();

        assertThat(ports.of(Port.MODEL)).isEqualTo(18_441);
        assertThat(ports.of(Port.AUDIT_MANAGEMENT)).isEqualTo(18_084);
        assertThat(ports.of(Port.KEYCLOAK)).isEqualTo(18_543);
    }

    @Test
    void shiftMovesEveryPort() {
        var shifted = Ports.shifted(2_000);

        for (var port : Port.values()) {
            assertThat(shifted.of(port)).isEqualTo(port.standard() + 2_000);
        }
    }

    @Test
    void shiftBeyondTheLastPortIsRefused() {
        assertThatThrownBy(() -> Ports.shifted(60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 1 to 65535");
    }

    @Test
    void onePortForTwoIsRefused() {
        var numbers = new HashMap<>(Ports.standard().numbers());
        numbers.put(Port.REDIS, Port.KAFKA.standard());

        assertThatThrownBy(() -> new Ports(numbers)).hasMessageContaining("no two alike");
    }

    @Test
    void freePortsDifferFromEachOther() {
        var free = Ports.free();

        assertThat(new HashSet<>(free.numbers().values()))
                .hasSameSizeAs(free.numbers().values());
    }

    @Test
    void portSomebodyListensOnIsNotFree() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void portsSurviveTheirFile() {
        var ports = Ports.shifted(7);

        assertThat(Ports.fromProperties(ports.toProperties())).isEqualTo(ports);
    }

    @Test
    void everyListeningComponentHasItsMainPortFirst() {
        assertThat(Port.of(Component.MODEL_SERVICE)).containsExactly(Port.MODEL, Port.MODEL_MANAGEMENT);
        assertThat(Port.of(Component.ENGINE_SUPERVISOR)).isEmpty();
    }
}
