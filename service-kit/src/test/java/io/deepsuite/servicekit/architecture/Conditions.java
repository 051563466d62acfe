package io.deepsuite.servicekit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Conditions that ArchUnit does not bring along. */
final class Conditions {

    private static final Pattern MODULE = Pattern.compile("io\\.deepsuite\\.([a-z]+)(\\.v\\d+)?\\b.*");
    private static final Set<String> SHARED = Set.of("servicekit", "journal", "proof", "jobkit");
    private static final Set<String> HASHED = Set.of(
            "java.util.Map",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.Set",
            "java.util.HashSet",
            "java.util.LinkedHashSet");
    private static final Set<String> TIME_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");

    private Conditions() {}

    /** By the name of the outermost class, so that lambdas and nested types count as their owner. */
    static DescribedPredicate<JavaClass> areNotNamed(String... suffixes) {
        return describe("are not named *" + String.join(", *", suffixes), type -> {
            var outer = type;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return Stream.of(suffixes).noneMatch(outer.getSimpleName()::endsWith);
        });
    }

    /** A method that somebody wrote for callers: neither synthetic nor hidden. */
    static boolean isPublicAndWritten(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getModifiers().contains(JavaModifier.BRIDGE);
    }

    static ArchCondition<JavaClass> dependOnlyOnTheirOwnServiceAndSharedLibraries() {
        return condition("depend only on their own service, on contracts and on shared libraries", (type, events) -> {
            var own = MODULE.matcher(type.getPackageName());
            if (own.matches()) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForeign(
                                own.group(1), dependency.getTargetClass().getPackageName()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        });
    }

    private static boolean isForeign(String own, String target) {
        Matcher other = MODULE.matcher(target);
        return other.matches()
                && other.group(2) == null
                && !other.group(1).equals(own)
                && !SHARED.contains(other.group(1))
                && !(own.equals("bench") && other.group(1).equals("devstack"));
    }

    /** Looks at fields, parameters and results; maps and sets inside of a method are not seen. */
    static ArchCondition<JavaClass> keepKeysWhoseEqualityIsWrittenOut() {
        return condition("keep as keys no record whose equals is that of records", (type, events) -> {
            var fields = type.getFields().stream().map(JavaField::getType);
            var units = type.getCodeUnits().stream()
                    .flatMap(unit -> Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()));
            Stream.concat(fields, units)
                    .flatMap(Conditions::keys)
                    .filter(key -> key.isRecord() && key.getPackageName().startsWith("io.deepsuite."))
                    .filter(key -> key.getMethods().stream().noneMatch(Conditions::isWrittenEquals))
                    .distinct()
                    .forEach(key -> events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " has keys of " + key.getName() + ", whose equals is not written")));
        });
    }

    private static Stream<JavaClass> keys(JavaType type) {
        return type instanceof JavaParameterizedType generic
                        && HASHED.contains(type.toErasure().getName())
                ? Stream.of(generic.getActualTypeArguments().getFirst().toErasure())
                : Stream.empty();
    }

    /** The compiler gives a record an equals that is final. */
    private static boolean isWrittenEquals(JavaMethod method) {
        return method.getName().equals("equals") && !method.getModifiers().contains(JavaModifier.FINAL);
    }

    static ArchCondition<JavaClass> injectNoConfigProperty() {
        var name = "org.eclipse.microprofile.config.inject.ConfigProperty";
        return condition("take configuration through a mapping, not @ConfigProperty", (type, events) -> {
            var fields = type.getFields().stream().filter(field -> field.isAnnotatedWith(name));
            var parameters = type.getCodeUnits().stream()
                    .map(JavaCodeUnit::getParameters)
                    .flatMap(
                            list -> list.stream().filter((JavaParameter parameter) -> parameter.isAnnotatedWith(name)));
            Stream.concat(fields, parameters)
                    .forEach(place -> events.add(SimpleConditionEvent.violated(type, place + " has @ConfigProperty")));
        });
    }

    static ArchCondition<JavaClass> readTheSystemTime() {
        return condition(
                "read the system time other than through a clock",
                (type, events) -> type.getMethodCallsFromSelf().stream()
                        .filter(Conditions::readsSystemTime)
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription()))));
    }

    private static boolean readsSystemTime(JavaMethodCall call) {
        var owner = call.getTargetOwner().getName();
        var parameters = call.getTarget().getRawParameterTypes();
        return (call.getName().equals("now") && TIME_TYPES.contains(owner) && parameters.isEmpty())
                || (call.getName().equals("currentTimeMillis") && owner.equals("java.lang.System"));
    }

    static ArchCondition<JavaClass> resideInADescribedPackage() {
        return condition("reside in a package with a package-info that is @NullMarked", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " has no such package-info"));
            }
        });
    }

    static ArchCondition<JavaMethod> beAnnotatedWithOneOf(Set<String> annotations) {
        return new ArchCondition<>("say who may call them, themselves or by their class") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var said = annotations.stream()
                        .anyMatch(name -> method.isAnnotatedWith(name)
                                || method.getOwner().isAnnotatedWith(name));
                if (!said) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " has none of " + annotations));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> condition(String text, BiConsumer<JavaClass, ConditionEvents> check) {
        return new ArchCondition<>(text) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
            }
        };
    }
}
