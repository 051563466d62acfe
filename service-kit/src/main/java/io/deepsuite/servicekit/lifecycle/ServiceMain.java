package io.deepsuite.servicekit.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Where a service's process begins. Keys from PEM files are held in key stores that exist in memory only, behind a password that is a constant of the TLS
 * library: deriving an encryption key from it 10,000 times over, once for each store and again for each use, protects nothing and was more than half of what a
 * native executable did until it was ready.
 */
@QuarkusMain
public final class ServiceMain {

    /** JDK, {@code java.security}: rounds of the derivation for keys that are <em>written</em> to a PKCS #12 store; reading takes what a store says. */
    private static final String ITERATIONS = "keystore.pkcs12.keyPbeIterationCount";

    private ServiceMain() {}

    /** Runs the service until it is told to stop. */
    public static void main(String... arguments) {
        if (System.getProperty(ITERATIONS) == null) {
            System.setProperty(ITERATIONS, "1");
        }
        Quarkus.run(arguments);
    }
}
