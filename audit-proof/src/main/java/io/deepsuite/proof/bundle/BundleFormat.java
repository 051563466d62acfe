package io.deepsuite.proof.bundle;

/**
 * Words of the bundle: one JSON object a line (NDJSON), UTF-8, read from top to bottom without going back.
 *
 * <pre>{@code
 * {"bundle":"deepsuite-audit/1","created":"2026-11-22T10:00:00Z"}
 * {"log":"deepsuite.audit.v1/0","from":0,"peaks":[]}          one log, its leaves from here on, and the subtree roots before them
 * {"event":"<base64 of the exact event>"}                     the next leaf; as many lines as there are events
 * {"withheld":"<base64 of the leaf hash>"}                    the next leaf, of which the reader may know the place and nothing else
 * {"event":"<base64>","sealed":"<base64 of a leaf hash>"}     the next leaf, whose event is not the one that was sealed
 * {"lost":"<base64 of the leaf hash>"}                        the next leaf, whose event the store no longer has
 * {"archive":"2026-08","manifest":"<hex>","location":"…"}     where leaves that follow are said to be, and the SHA-256 of the manifest there
 * {"archived":"<base64 of the leaf hash>","month":"2026-08"}  the next leaf, whose event has been moved to that archive
 * {"checkpoint":"<note>"}                                     a signed checkpoint of what the run has reached, so that a fault is found nearby
 * {"to":2,"consistency":["<base64>"],"checkpoint":"<note>"}   end of the log: proof from this size to the signed checkpoint
 * {"log":"deepsuite.audit.v1/1","checkpoint":"<note>"}        one log of which single events were chosen
 * {"event":"<base64>","leaf":7,"inclusion":["<base64>"]}      a chosen event with its proof
 * {"chosen":1}                                                end of the choice
 * {"end":3}                                                   number of leaves in the bundle; a bundle without this line was cut
 * }</pre>
 */
final class BundleFormat {

    static final String VERSION = "deepsuite-audit/1";

    static final String BUNDLE = "bundle";
    static final String CREATED = "created";
    static final String LOG = "log";
    static final String FROM = "from";
    static final String PEAKS = "peaks";
    static final String EVENT = "event";
    static final String SEALED = "sealed";
    static final String WITHHELD = "withheld";
    static final String LOST = "lost";
    static final String ARCHIVE = "archive";
    static final String MANIFEST = "manifest";
    static final String LOCATION = "location";
    static final String ARCHIVED = "archived";
    static final String MONTH = "month";
    static final String LEAF = "leaf";
    static final String INCLUSION = "inclusion";
    static final String TO = "to";
    static final String CONSISTENCY = "consistency";
    static final String CHECKPOINT = "checkpoint";
    static final String CHOSEN = "chosen";
    static final String END = "end";

    private BundleFormat() {}
}
