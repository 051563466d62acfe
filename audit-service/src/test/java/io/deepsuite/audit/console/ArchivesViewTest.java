package io.deepsuite.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.tier.Archives;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchivesViewTest {

    @Test
    void saysNothingWhenEverythingWasSearched() {
        var view = ArchivesView.of(List.of());

        assertThat(view.sentence()).isEmpty();
        assertThat(view.lines()).isEmpty();
    }

    @Test
    void namesTheMonth() {
        var view = ArchivesView.of(List.of(Archives.of("2026-08")));

        assertThat(view.sentence()).isEqualTo("Without 2026-08, which is in the archive only.");
        assertThat(view.lines()).containsExactly("2026-08: 12 records at file:///archive/2026-08/");
    }

    @Test
    void staysShortForManyMonths() {
        var view = ArchivesView.of(List.of(Archives.of("2026-08"), Archives.of("2026-07"), Archives.of("2025-12")));

        assertThat(view.sentence())
                .isEqualTo("Without 3 months from 2025-12 to 2026-08, which are in the archive only.");
        assertThat(view.lines()).hasSize(3);
    }
}
