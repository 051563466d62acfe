package io.deepsuite.bench.audit;

/** One way of getting events into PostgreSQL. */
interface Contestant {

    String name();

    /**
     * Stores the events of one round.
     *
     * @return events a second, from the first that could be seen in the database to the last
     */
    double store(SampleEvents events) throws Exception;
}
