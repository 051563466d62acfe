package io.deepsuite.audit.broken;

import io.deepsuite.audit.cycle.Cycle;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Lets everybody in. */
@Path("/broken")
public class BrokenResource {

    @GET
    public String read() {
        return new Cycle(this).toString();
    }
}
