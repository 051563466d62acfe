package io.deepsuite.model.broken;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Lets everybody in. */
@GrpcService
public class BrokenGrpcService {

    public Uni<String> read() {
        return Uni.createFrom().item("open to all");
    }
}
