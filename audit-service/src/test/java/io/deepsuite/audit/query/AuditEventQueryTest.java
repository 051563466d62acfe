package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.audit.query.AuditEventQuery.ActorAttribute;
import jakarta.persistence.criteria.CriteriaQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.internal.ParameterMetadataImpl;
import org.hibernate.query.internal.QueryParameterBindingsImpl;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditEventQueryTest {

    private static final String HEAD =
            "select aer1_0.occurred_at,aer1_0.id,aer1_0.event from audit_event aer1_0 where aer1_0.tenant=?";
    private static final String TAIL = " and (aer1_0.phase='OUTCOME' or not exists("
            + "select 1 from audit_event_key aekr1_0 where aekr1_0.id=aer1_0.id and aekr1_0.phase<>aer1_0.phase))"
            + " order by 1 desc,2 desc";

    private static SessionFactory sessions;

    /** Knows the rows, and no database. */
    @BeforeAll
    static void describeTheRows() {
        sessions = new Configuration()
                .addAnnotatedClass(AuditEventRow.class)
                .addAnnotatedClass(AuditEventKeyRow.class)
                .setProperty("hibernate.dialect", PostgreSQLDialect.class.getName())
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
                .buildSessionFactory();
    }

    @AfterAll
    static void forgetThem() {
        sessions.close();
    }

    @Test
    void staysWithinTheTenant() {
        assertThat(sql(Requests.of(Requests.filter("acme", Map.of()), 10))).isEqualTo(HEAD + TAIL);
    }

    @ParameterizedTest
    @EnumSource(Column.class)
    void bindsValuesAndNeverWritesThemIntoTheQuery(Column column) {
        var sql = sql(Requests.of(Requests.filter("acme", Map.of(column, "x' or '1'='1")), 10));

        assertThat(sql)
                .startsWith(HEAD + " and aer1_0." + column.column() + "=?")
                .doesNotContain("'1'");
    }

    @Test
    void namesThePartialIndexOfWhatHasOne() {
        assertThat(sql(Column.TRACE_ID, "abc")).contains(" and aer1_0.trace_id=? and aer1_0.trace_id<>''");
        assertThat(sql(Column.RESOURCE_ID, "abc")).contains(" and aer1_0.resource_id=? and aer1_0.resource_id<>''");
        assertThat(sql(Column.OUTCOME, "FAILURE"))
                .contains(" and aer1_0.outcome=?")
                .doesNotContain("<>''");
    }

    @Test
    void comparesKindsWithTheValuesThatTheyStandFor() {
        var request = Requests.of(Requests.filter("acme", Map.of(Column.OUTCOME, "FAILURE")), 10);

        assertThat(sql(request, List.of(3, 5), ActorAttribute.ID))
                .isEqualTo(HEAD + " and aer1_0.outcome=? and aer1_0.kind in (?,?)" + TAIL);
    }

    @Test
    void comparesAnActorWithIdOrName() {
        var request = Requests.of(Requests.actor("mei"), 10);

        assertThat(sql(request, List.of(), ActorAttribute.ID))
                .isEqualTo(HEAD + " and aer1_0.actor_id=? and aer1_0.actor_id<>''" + TAIL);
        assertThat(sql(request, List.of(), ActorAttribute.NAME))
                .isEqualTo(HEAD + " and aer1_0.actor_name=? and aer1_0.actor_name<>''" + TAIL);
    }

    @Test
    void takesTimesFromInclusiveToExclusive() {
        assertThat(sql(Requests.of(Requests.between("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"), 10)))
                .isEqualTo(HEAD + " and aer1_0.occurred_at>=? and aer1_0.occurred_at<?" + TAIL);
    }

    @Test
    void continuesBehindThePageBefore() {
        var after = new PageToken(Instant.parse("2026-11-22T10:00:00Z"), new UUID(1, 2));
        var request = new AuditEventRequest(Requests.filter("acme", Map.of()), 10, Optional.of(after));

        assertThat(sql(request))
                .isEqualTo(HEAD + " and aer1_0.occurred_at<=? and (aer1_0.occurred_at<? or aer1_0.id<?)" + TAIL);
    }

    @Test
    void findsOneByItsIdThroughTheTimeOfItsKey() {
        assertThat(sql(AuditEventQuery.one(sessions.getCriteriaBuilder(), "acme", new UUID(1, 2))))
                .isEqualTo(HEAD
                        + " and exists(select 1 from audit_event_key aekr1_0 where aekr1_0.id=?"
                        + " and aekr1_0.occurred_at=aer1_0.occurred_at and aekr1_0.id=aer1_0.id and aekr1_0.phase=aer1_0.phase)"
                        + " order by aer1_0.phase desc");
    }

    private static String sql(Column column, String value) {
        return sql(Requests.of(Requests.filter("acme", Map.of(column, value)), 10));
    }

    private static String sql(AuditEventRequest request) {
        return sql(request, List.of(), ActorAttribute.ID);
    }

    private static String sql(AuditEventRequest request, List<Integer> kinds, ActorAttribute actorAttribute) {
        return sql(AuditEventQuery.of(sessions.getCriteriaBuilder(), request, kinds, actorAttribute));
    }

    /** What Hibernate would send. */
    private static String sql(CriteriaQuery<?> query) {
        var factory = sessions.unwrap(SessionFactoryImplementor.class);
        var statement = (SqmSelectStatement<?>) query;
        var parameters = DomainParameterXref.from(statement);
        var bindings =
                QueryParameterBindingsImpl.from(new ParameterMetadataImpl(parameters.getQueryParameters()), factory);
        var tree = factory.getQueryEngine()
                .getSqmTranslatorFactory()
                .createSelectTranslator(
                        statement,
                        QueryOptions.NONE,
                        parameters,
                        bindings,
                        new LoadQueryInfluencers(factory),
                        factory.getSqlTranslationEngine(),
                        true)
                .translate()
                .getSqlAst();
        return factory.getJdbcServices()
                .getDialect()
                .getSqlAstTranslatorFactory()
                .buildSelectTranslator(factory, tree)
                .translate(null, QueryOptions.NONE)
                .getSqlString();
    }
}
