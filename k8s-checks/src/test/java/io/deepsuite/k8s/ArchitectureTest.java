package io.deepsuite.k8s;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The one rule that fits here; the others are about services, and depending on them would tie these checks to a build of everything. */
@AnalyzeClasses(packages = "io.deepsuite.k8s")
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_ARE_FREE_OF_CYCLES = slices().matching("io.deepsuite.k8s.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);
}
