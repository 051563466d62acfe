package io.deepsuite.servicekit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every module of the suite keeps to. A module applies them with an {@code ArchitectureTest} of its own, which names its root package. A failure is a
 * question of design: change the design, or change the rule and say why.
 */
public final class ArchitectureRules {

    private static final String[] SERVICES = {
        "io.deepsuite.model..", "io.deepsuite.dataprep..", "io.deepsuite.monitor..", "io.deepsuite.audit.."
    };

    /** Generated types of the services' own contracts; those of the audit event are everybody's vocabulary. */
    private static final String[] WIRE_TYPES = {
        "io.deepsuite.model.v1..",
        "io.deepsuite.dataprep.v1..",
        "io.deepsuite.monitor.v1..",
        "io.deepsuite.oip.v1..",
        "io.deepsuite.externalscaler.v1..",
        "io.grpc.."
    };

    private static final Set<String> AUTHORISED =
            Set.of("jakarta.annotation.security.RolesAllowed", "jakarta.annotation.security.PermitAll");

    private static final DescribedPredicate<JavaMethod> REST_METHOD = describe(
            "REST methods",
            method -> Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD").stream()
                    .anyMatch(verb -> method.isAnnotatedWith("jakarta.ws.rs." + verb)));

    private static final DescribedPredicate<JavaMethod> GRPC_METHOD = describe(
            "gRPC methods",
            method -> method.getOwner().isAnnotatedWith("io.quarkus.grpc.GrpcService")
                    && method.getRawReturnType().getPackageName().equals("io.smallrye.mutiny")
                    && Conditions.isPublicAndWritten(method));

    /**
     * The platform hands the parts of a gRPC call over to the thread that such an annotation asks for in a race: about one quick call in a thousand saw its end
     * before its message, or had no answer before its deadline (Quarkus issue 48940). A method that blocks takes an executor instead.
     */
    @ArchTest
    static final ArchRule grpcMethodsChooseTheirThreadThemselves = methods()
            .that(GRPC_METHOD)
            .should()
            .notBeAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
            .andShould()
            .notBeAnnotatedWith("io.smallrye.common.annotation.Blocking")
            .andShould()
            .beDeclaredInClassesThat()
            .areNotAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
            .andShould()
            .beDeclaredInClassesThat()
            .areNotAnnotatedWith("io.smallrye.common.annotation.Blocking")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule servicesMeetOnlyInContracts = classes()
            .that()
            .resideInAPackage("io.deepsuite..")
            .should(Conditions.dependOnlyOnTheirOwnServiceAndSharedLibraries())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule serviceKitKnowsNoServiceAndNoContract = noClasses()
            .that()
            .resideInAPackage("io.deepsuite.servicekit..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.deepsuite..").and(not(resideInAnyPackage("io.deepsuite.servicekit.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule wireTypesStayAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .and(Conditions.areNotNamed("GrpcService", "Client", "ProtoMapper"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(WIRE_TYPES))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles = slices().matching("io.deepsuite.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule errorsAreBuiltInOnePlace = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .accessTargetWhere(targetOwner(nameMatching("io\\.grpc\\.Status(Runtime)?Exception"))
                    .and(target(nameMatching("<init>"))))
            .orShould()
            .accessTargetWhere(targetOwner(nameMatching("io\\.grpc\\.(Status|protobuf\\.StatusProto)"))
                    .and(target(nameMatching("as(Runtime)?Exception|toStatus(Runtime)?Exception"))))
            .orShould()
            .accessTargetWhere(targetOwner(nameMatching(
                            "jakarta\\.ws\\.rs\\.core\\.Response|org\\.jboss\\.resteasy\\.reactive\\.RestResponse"))
                    .and(target(nameMatching("serverError|notFound"))))
            .allowEmptyShould(true);

    /**
     * An executable interprets the method handles that a record's equals is made of, with reflection for every part: 10 to 40 microseconds where written code
     * takes nanoseconds, which held up the whole ingest. The hash code is compiled and may stay the record's.
     */
    @ArchTest
    static final ArchRule keysCompareThemselves = classes()
            .that()
            .resideOutsideOfPackages("io.deepsuite.devstack..", "io.deepsuite.bench..")
            .should(Conditions.keepKeysWhoseEqualityIsWrittenOut())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule configurationIsMappedNotScattered =
            classes().should(Conditions.injectNoConfigProperty()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule dependenciesComeThroughConstructors =
            noFields().should().beAnnotatedWith("jakarta.inject.Inject").allowEmptyShould(true);

    @ArchTest
    static final ArchRule configMappingsAreNamedConfigAndSitInTheirFeature = classes()
            .that()
            .areAnnotatedWith("io.smallrye.config.ConfigMapping")
            .should()
            .haveSimpleNameEndingWith("Config")
            .andShould()
            .resideInAnyPackage("io.deepsuite.*.*..", "io.deepsuite.journal")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyStoresReachTheDatabase = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .and(Conditions.areNotNamed("Store"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.sql..",
                            "io.vertx.sqlclient..",
                            "io.vertx.mutiny.sqlclient..",
                            "io.vertx.pgclient..",
                            "org.hibernate..")
                    .and(not(resideInAnyPackage("org.hibernate.annotations..", "org.hibernate.validator.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .that()
            .resideOutsideOfPackages("io.deepsuite.devstack..", "io.deepsuite.bench..")
            .should(Conditions.readTheSystemTime())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .that()
            .resideOutsideOfPackages("io.deepsuite.devstack..", "io.deepsuite.proof.cli..", "io.deepsuite.bench..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsDescribedAndNullMarked =
            classes().should(Conditions.resideInADescribedPackage()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesAreFeaturesNotLayers = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..impl..", "..dto..", "..manager..", "..helper..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyMethodSaysWhoMayCallIt = methods()
            .that(REST_METHOD.or(GRPC_METHOD))
            .should(Conditions.beAnnotatedWithOneOf(AUTHORISED))
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    /** Leaves generated types out of what is analysed; they are built from the contracts and keep to protobuf's own style. */
    public static final class WithoutGeneratedTypes implements ImportOption {

        private static final Pattern GENERATED = Pattern.compile(".*/io/deepsuite/[a-z]+/v\\d+/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(GENERATED);
        }
    }
}
