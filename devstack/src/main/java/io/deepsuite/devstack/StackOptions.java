package io.deepsuite.devstack;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.Progress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start, where, and how.
 *
 * @param directory keeps certificates, data, logs and PID files; made when missing, reused when there
 * @param installation the checkout whose build is started
 * @param ports ports of everything, also of what is not started
 * @param components what {@link Stack#start(StackOptions)} starts
 * @param environment variables added for a component, such as {@code DEEPSUITE_JOURNAL_MAX_SIZE} for a service
 * @param prefixes words before a component's command that start it elsewhere, such as {@code nsenter --net=…}; its ports are not of this machine then, and not looked at
 * @param packaging as what the services run; engines are JVMs always
 * @param testClients whether the realm also has the faulty clients that {@link io.deepsuite.devstack.keycloak.TokenClient} names
 * @param progress told what happens
 */
public record StackOptions(
        Path directory,
        Installation installation,
        Ports ports,
        Set<Component> components,
        Map<Component, Map<String, String>> environment,
        Map<Component, List<String>> prefixes,
        Packaging packaging,
        boolean testClients,
        Progress progress) {

    public StackOptions {
        var whole = EnumSet.noneOf(Component.class);
        whole.addAll(components);
        if (components.stream().anyMatch(Component::supervised)) {
            whole.add(Component.ENGINE_SUPERVISOR);
        }
        components = Set.copyOf(whole);
        environment = Map.copyOf(environment);
        prefixes = Map.copyOf(prefixes);
    }

    /** Everything, on the documented ports, as the launcher does it. */
    public static StackOptions launcher(Path directory) {
        return new StackOptions(
                directory,
                Installation.find(),
                Ports.standard(),
                Component.all(),
                Map.of(),
                Map.of(),
                Packaging.JVM,
                false,
                Progress.silent());
    }

    /** Everything, on free ports and with the clients that tests need. */
    public static StackOptions test(Path directory) {
        return launcher(directory).withPorts(Ports.free()).withTestClients(true);
    }

    /** The same in another directory. */
    public StackOptions withDirectory(Path other) {
        return new StackOptions(
                other, installation, ports, components, environment, prefixes, packaging, testClients, progress);
    }

    /** The same on other ports. */
    public StackOptions withPorts(Ports other) {
        return new StackOptions(
                directory, installation, other, components, environment, prefixes, packaging, testClients, progress);
    }

    /** The same with other components. */
    public StackOptions withComponents(Set<Component> other) {
        return new StackOptions(
                directory, installation, ports, other, environment, prefixes, packaging, testClients, progress);
    }

    /** The same with another listener. */
    public StackOptions withProgress(Progress other) {
        return new StackOptions(
                directory, installation, ports, components, environment, prefixes, packaging, testClients, other);
    }

    /** The same with or without the faulty clients. */
    public StackOptions withTestClients(boolean other) {
        return new StackOptions(
                directory, installation, ports, components, environment, prefixes, packaging, other, progress);
    }

    /** The same with services of another form. */
    public StackOptions withPackaging(Packaging other) {
        return new StackOptions(
                directory, installation, ports, components, environment, prefixes, other, testClients, progress);
    }

    /** The same with one more environment variable for a component. */
    public StackOptions withEnvironment(Component component, String name, String value) {
        var all = new EnumMap<Component, Map<String, String>>(Component.class);
        all.putAll(environment);
        var own = new HashMap<>(all.getOrDefault(component, Map.of()));
        own.put(name, value);
        all.put(component, Map.copyOf(own));
        return new StackOptions(
                directory, installation, ports, components, all, prefixes, packaging, testClients, progress);
    }

    /** The same with words before a component's command that start it elsewhere. */
    public StackOptions withPrefix(Component component, List<String> words) {
        var all = new EnumMap<Component, List<String>>(Component.class);
        all.putAll(prefixes);
        all.put(component, List.copyOf(words));
        return new StackOptions(
                directory, installation, ports, components, environment, all, packaging, testClients, progress);
    }
}
