package io.deepsuite.audit.witness;

import io.deepsuite.audit.checkpoint.SignedCheckpoint;
import io.deepsuite.proof.note.NoteException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes cosignatures. Waits for the database: for virtual threads. */
@ApplicationScoped
public class CosignatureService {

    private static final Logger LOGGER = LoggerFactory.getLogger(CosignatureService.class);

    private final CosignatureStore store;
    private final WitnessKeys witnesses;

    CosignatureService(CosignatureStore store, WitnessKeys witnesses) {
        this.store = store;
        this.witnesses = witnesses;
    }

    /**
     * Keeps the cosignatures of the witnesses that are configured.
     *
     * @param signed published checkpoint of that log
     * @param note the same checkpoint, co-signed
     * @return names of the witnesses whose cosignatures are kept now, at least one
     * @throws IllegalArgumentException when the note is of another checkpoint, or none of the witnesses co-signed it
     * @throws NoteException when the note is malformed, or a cosignature is wrong
     */
    public List<String> keep(int log, SignedCheckpoint signed, String note) {
        var found = Cosignatures.read(note, signed.checkpoint().body(), witnesses.all());
        found.forEach(one -> store.insert(log, signed.size(), one.witness().toText(), one.line()));
        var names = found.stream().map(one -> one.witness().name()).toList();
        LOGGER.atDebug()
                .addKeyValue("log", log)
                .addKeyValue("size", signed.size())
                .addKeyValue("witnesses", names)
                .log("checkpoint co-signed");
        return names;
    }
}
