package io.deepsuite.audit.console;

import io.deepsuite.audit.console.EventView.Fact;
import io.deepsuite.audit.console.SearchForm.Field;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages. Templates are checked against these types while the service is built. */
final class Pages {

    private Pages() {}

    /**
     * Who looks at a page, and at which.
     *
     * @param section {@code events}, {@code status} or {@code export}; empty for none
     */
    public record Frame(String user, String tenant, String section) {}

    /**
     * The search.
     *
     * @param query filters as a query
     * @param next address of the next page; empty on the last
     * @param continued whether this is not the first page
     * @param archives what of the time asked for was not searched
     */
    public record Search(
            List<Field> main,
            List<Field> more,
            boolean moreOpen,
            List<EventView> events,
            Timeline timeline,
            String query,
            String next,
            boolean continued,
            ArchivesView archives) {}

    /** One operation. */
    public record Event(EventView view, List<Fact> facts, String json, List<ProofView> proofs) {}

    /** What is said where there is no page to show. */
    public record Message(String title, String text, String reason) {}

    @CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static final class Templates {

        private Templates() {}

        static native TemplateInstance search(Frame frame, Search page);

        static native TemplateInstance event(Frame frame, Event page);

        static native TemplateInstance status(Frame frame, StatusService.Status page);

        static native TemplateInstance message(Frame frame, Message page);

        static native TemplateInstance signedOut();
    }
}
