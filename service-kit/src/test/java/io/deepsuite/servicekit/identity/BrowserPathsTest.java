package io.deepsuite.servicekit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserPathsTest {

    private final BrowserPaths paths = BrowserPaths.of(Optional.of("/console"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/",
                "/console/events",
                "/console/assets/console.css",
                "/console/events/0190-a_b"
            })
    void takesPlainPathsBelowTheRoot(String path) {
        assertThat(paths.contain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "//console",
                "/console//",
                "/console/../api",
                "/console/..",
                "/console/./events",
                "/console/%2e%2e/api",
                "/console/%2E%2E/api",
                "/console%2f..%2fapi",
                "/console/..;/api",
                "/console;a=b/events",
                "/console\\..\\api",
                "/consolex",
                "/Console/events",
                "/CONSOLE",
                "/api/v1/audit-events",
                "/api/console",
                "/console/%u002e%u002e/api",
                "/console/ev ents",
                "/console\n",
                "/console/\uff0e\uff0e/api",
                "console",
                "https://host/console"
            })
    void refusesWhatLeadsElsewhereOrCouldBeReadInTwoWays(String path) {
        assertThat(paths.contain(path)).isFalse();
    }

    @Test
    void takesNothingWhereNoRootIsSet() {
        assertThat(BrowserPaths.of(Optional.<String>empty()).contain("/console"))
                .isFalse();
        assertThat(BrowserPaths.of(Optional.<String>empty()).contain("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "console", "/a/b", "/..", "/a*"})
    void refusesRootsThatAreNotOneSegment(String root) {
        assertThatThrownBy(() -> BrowserPaths.of(Optional.of(root)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: one segment");
    }
}
