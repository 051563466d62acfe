package io.deepsuite.archive;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.deepsuite.servicekit.architecture.ArchitectureRules;

@AnalyzeClasses(
        packages = "io.deepsuite.archive",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureRules.WithoutGeneratedTypes.class})
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
}
