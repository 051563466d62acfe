package io.deepsuite.servicekit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMainTest {

    @ParameterizedTest
    @CsvSource({"143, 0", "0, 0", "1, 1", "130, 130"})
    void onlyAnOrderedEndIsASuccess(int code, int expected) {
        assertThat(ServiceMain.exitCode(code)).isEqualTo(expected);
    }
}
