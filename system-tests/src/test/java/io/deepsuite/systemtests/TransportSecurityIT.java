package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.Stubborn;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.deepsuite.systemtests.suite.TlsProbe;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets as far as being heard: only TLS 1.3, only with a valid certificate of our own authority, on every port. */
@ExtendWith(SuiteExtension.class)
class TransportSecurityIT {

    private final Suite suite;

    TransportSecurityIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MODEL", "DATAPREP", "MONITOR", "AUDIT", "ENGINE_STABLE", "ENGINE_PREVIOUS", "KAFKA", "POSTGRES"})
    void certificateOfOurAuthorityIsHeard(Port port) {
        assertThat(probe(port).accepts(Stubborn.context(suite.application()), "TLSv1.3"))
                .isTrue();
    }

    /** All but the audit service, whose console browsers reach without one: {@link ConsoleTransportIT}. */
    @ParameterizedTest
    @EnumSource(names = {"MODEL", "DATAPREP", "MONITOR", "ENGINE_STABLE", "ENGINE_PREVIOUS", "KAFKA"})
    void noCertificateIsRefused(Port port) {
        assertThat(probe(port).accepts(suite.application().sslContextWithoutCertificate(), "TLSv1.3"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MODEL", "DATAPREP", "MONITOR", "AUDIT", "ENGINE_STABLE", "ENGINE_PREVIOUS", "KAFKA", "POSTGRES"})
    void olderTlsIsRefused(Port port) {
        assertThat(probe(port).accepts(suite.application().sslContext(), "TLSv1.2"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MODEL", "DATAPREP", "MONITOR", "AUDIT", "ENGINE_STABLE", "ENGINE_PREVIOUS", "KAFKA", "POSTGRES"})
    void certificateOfAnotherAuthorityIsRefused(Port port) {
        assertThat(probe(port).accepts(Stubborn.context(suite.stack().foreignIdentity("demo-app")), "TLSv1.3"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MODEL", "DATAPREP", "MONITOR", "AUDIT", "ENGINE_STABLE", "ENGINE_PREVIOUS", "KAFKA", "POSTGRES"})
    void expiredCertificateIsRefused(Port port) {
        assertThat(probe(port).accepts(Stubborn.context(suite.stack().expiredIdentity("demo-app")), "TLSv1.3"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODEL", "DATAPREP", "MONITOR", "AUDIT", "ENGINE_STABLE", "ENGINE_PREVIOUS"})
    void nothingIsSaidInTheClear(Port port) {
        assertThat(TlsProbe.answersInTheClear(suite.number(port))).isFalse();
    }

    @Test
    void databaseWantsTheCertificateOfTheRole() throws SQLException {
        var databases = suite.databases();

        try (var connection = databases.connect(
                "audit_service", "audit_service", suite.stack().identity("audit-service"))) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThatThrownBy(() -> databases.connectWithoutCertificate("audit_service", "audit_service", "verify-full"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("certificate");
        assertThatThrownBy(() -> databases.connectWithoutCertificate("audit_service", "audit_service", "disable"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no encryption");
        assertThatThrownBy(() -> databases.connect("audit_service", "audit_service", suite.application()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("certificate authentication failed");
    }

    @Test
    void auditServiceMayAddAndReadEventsAndNothingElse() throws SQLException {
        // Given
        var auditor = suite.stack().identity("audit-service");

        // When
        try (var connection = suite.databases().connect("audit_service", "audit_service", auditor);
                var statement = connection.createStatement()) {

            // Then
            assertThat(statement
                            .executeQuery("SELECT count(*) FROM audit_event")
                            .next())
                    .isTrue();
            assertThatThrownBy(() -> statement.execute("UPDATE audit_event SET reason = 'OK'"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("DELETE FROM audit_event"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("TRUNCATE audit_event")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("DROP TABLE audit_event"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private TlsProbe probe(Port port) {
        return new TlsProbe(suite.number(port), port == Port.POSTGRES);
    }
}
