package io.deepsuite.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCheckTest {

    @Test
    void refusesAConnectionWithoutACertificate() {
        var check = new PeerCheck(() -> Set.of("model-service"));

        assertThatThrownBy(() -> check.check(null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.PEER_REFUSED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=model-service|model-service",
                "OU=x,CN=model-service,O=y|model-service",
                "CN=a\\,CN\\=model-service|a,CN=model-service",
                "O=model-service|''"
            })
    void readsTheCommonName(String subject, String expected) {
        assertThat(PeerCheck.commonName(subject)).isEqualTo(expected);
    }
}
