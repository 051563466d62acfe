package io.deepsuite.model.broken;

import io.deepsuite.audit.broken.BrokenResource;
import io.grpc.Status;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Breaks as many rules of the architecture as one class can. */
public class BrokenService {

    @Inject
    Connection connection;

    private final int size;

    public BrokenService(@ConfigProperty(name = "size") int size) {
        this.size = size;
    }

    record Place(int row, int column) {}

    boolean isThere(Set<Place> places) {
        return places.contains(new Place(size, size));
    }

    Instant now() {
        System.out.println(size);
        return Instant.now();
    }

    RuntimeException failure(BrokenResource other) {
        return Status.INTERNAL.withDescription(other.read()).asRuntimeException();
    }
}
