package io.deepsuite.contracts;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What of a contract stands on the wire, as text: by heading ({@code message X}, {@code enum X}, {@code rpcs}) the lines beneath. */
final class WireTable {

    private static final String METHODS = "rpcs";

    private WireTable() {}

    /** Reads a table written by hand. */
    static Map<String, List<String>> read(String resource) {
        var table = new LinkedHashMap<String, List<String>>();
        var heading = METHODS;
        for (var line : lines(resource)) {
            if (line.startsWith("message ") || line.startsWith("enum ")) {
                heading = line;
                table.put(heading, new ArrayList<>());
            } else if (line.startsWith("rpc ")) {
                table.computeIfAbsent(METHODS, _ -> new ArrayList<>()).add(line);
            } else {
                Objects.requireNonNull(table.get(heading), heading).add(line);
            }
        }
        return table;
    }

    /** Renders what the generated classes speak. */
    static Map<String, List<String>> of(FileDescriptor... files) {
        var table = new LinkedHashMap<String, List<String>>();
        for (var file : files) {
            for (var service : file.getServices()) {
                table.put(
                        METHODS,
                        service.getMethods().stream().map(WireTable::line).toList());
            }
            file.getEnumTypes().forEach(type -> table.put("enum " + name(type), values(type)));
            file.getMessageTypes().forEach(type -> addMessages(type, table));
        }
        return table;
    }

    private static void addMessages(Descriptor type, Map<String, List<String>> table) {
        if (type.getOptions().getMapEntry()) {
            return;
        }
        var fields = type.getFields().stream()
                .sorted(Comparator.comparingInt(FieldDescriptor::getNumber))
                .map(WireTable::line)
                .toList();
        table.put("message " + name(type), fields);
        type.getNestedTypes().forEach(nested -> addMessages(nested, table));
    }

    private static List<String> values(EnumDescriptor type) {
        return type.getValues().stream()
                .map(value -> value.getNumber() + " " + value.getName())
                .toList();
    }

    private static String line(MethodDescriptor method) {
        return "rpc %s %s%s %s%s"
                .formatted(
                        method.getName(),
                        method.isClientStreaming() ? "stream " : "",
                        name(method.getInputType()),
                        method.isServerStreaming() ? "stream " : "",
                        name(method.getOutputType()));
    }

    private static String line(FieldDescriptor field) {
        var label = "";
        if (field.isMapField()) {
            var entry = field.getMessageType();
            label = "map " + type(entry.findFieldByNumber(1)) + " ";
            return field.getNumber() + " " + field.getName() + " " + label + type(entry.findFieldByNumber(2));
        }
        if (field.isRepeated()) {
            label = "repeated ";
        } else if (field.getRealContainingOneof() != null) {
            label = "oneof " + field.getRealContainingOneof().getName() + " ";
        }
        return field.getNumber() + " " + field.getName() + " " + label + type(field);
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> name(field.getMessageType());
            case ENUM -> name(field.getEnumType());
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String name(GenericDescriptor descriptor) {
        return descriptor
                .getFullName()
                .substring(descriptor.getFile().getPackage().length() + 1);
    }

    private static List<String> lines(String resource) {
        try (var in = Objects.requireNonNull(WireTable.class.getResourceAsStream(resource), resource)) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
