package io.deepsuite.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {

    @Test
    void saysWhichPackageToInstallWhenALibraryIsMissing() {
        assertThatThrownBy(() -> NativeLibrary.require("libdeepsuite-absent.so.1", "libabsent1 (Debian, Ubuntu)"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("libdeepsuite-absent.so.1 is not installed and the engine needs it; "
                        + "install the package libabsent1 (Debian, Ubuntu)");
    }

    @Test
    void findsALibraryThatIsInstalled() {
        assertThatCode(() -> NativeLibrary.require("libgomp.so.1", "libgomp1")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, Linux/x86_64, libjllama.so",
        "Linux, aarch64, Linux/aarch64, libjllama.so",
        "Mac OS X, aarch64, Mac/aarch64, libjllama.dylib"
    })
    void knowsWhereTheLibraryOfAPlatformIs(String name, String processor, String folder, String file) {
        assertThat(NativeLibrary.Platform.of(name, processor)).isEqualTo(new NativeLibrary.Platform(folder, file));
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
    void refusesOtherPlatforms(String name, String processor) {
        assertThatThrownBy(() -> NativeLibrary.Platform.of(name, processor))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("remote engine");
    }
}
