package io.deepsuite.archive.lifecycle;

import java.time.Period;

/**
 * What happens to data when it has an age.
 *
 * @param prefix which data; {@link LifecycleReader#AUDIT_EVENTS} is all there is
 * @param age days since the end of the month that the data belongs to
 * @param action what is done then
 */
public record LifecycleRule(String prefix, Period age, Action action) {

    /** What can be done. */
    public enum Action {
        /** A verified copy goes to the archive. */
        ARCHIVE,
        /** What is in the archive leaves the store, once its copy has been verified again. */
        DELETE
    }
}
