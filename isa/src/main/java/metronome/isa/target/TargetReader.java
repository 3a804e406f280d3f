package metronome.isa.target;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.json.Json;
import metronome.core.json.Json.Position;
import metronome.core.json.JsonParser;

/**
 * Reads target files, strictly: an unknown key, a wrong type, a value out of range and fields that do not go together are
 * errors, all of them in one message, a line each, with file, line, column and the nearest known key.
 *
 * <p>A file gives what differs from a preset: the key {@code base} names it, {@code default} where it is missing. The key
 * {@code name} is what reports call the target, the file's name where it is missing. Fields stand in objects by the first
 * word of their key: {@code {"base": "edge", "lif": {"lanes": 128}}}.
 */
public final class TargetReader {
    private static final String NAME = "name";
    private static final String BASE = "base";
    private static final long MAX_BYTES = 1 << 20;

    private final String source;
    private final List<String> faults = new ArrayList<>();
    private final Map<TargetField, Json> given = new EnumMap<>(TargetField.class);

    private TargetReader(String source) {
        this.source = source;
    }

    /**
     * {@return the target that a file describes}
     *
     * @param file JSON, or, where its name ends in {@code .cfg}, what {@link ScaleSimReader} reads; at most 1 MiB
     * @throws DataException with every fault of the file
     */
    public static Target read(Path file) {
        return scaleSim(file).map(ScaleSimReader.Reading::target)
                .orElseGet(() -> parse(text(file), file.toString()));
    }

    /**
     * {@return what a file of SCALE-Sim came to; empty if the name of the file does not end in {@code .cfg}}
     *
     * @param file at most 1 MiB
     * @throws DataException with every fault of the file
     */
    public static Optional<ScaleSimReader.Reading> scaleSim(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".cfg")
                ? Optional.of(ScaleSimReader.parse(text(file), file.toString())) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DataException(file + ": " + Files.size(file) + " bytes are no target file: expected at most "
                        + MAX_BYTES);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": not a target file: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /**
     * {@return the target that a text describes}
     *
     * @param text JSON
     * @param source what messages call it: a file's name
     * @throws DataException with every fault of the text
     */
    public static Target parse(String text, String source) {
        Json json;
        try {
            json = JsonParser.parse(text);
        } catch (DataException e) {
            throw e.in(source);
        }
        return new TargetReader(source).target(json);
    }

    private Target target(Json json) {
        if (!(json instanceof Json.Obj file)) {
            throw new DataException("a target must be an object, not " + json.kind() + place(json.at()));
        }
        collect(file, "");
        Target target = base(file).named(name(file));
        for (Map.Entry<TargetField, Json> entry : given.entrySet()) {
            target = with(target, entry.getKey(), entry.getValue());
        }
        if (faults.isEmpty()) {
            checkTogether(target);
        }
        if (!faults.isEmpty()) {
            throw new DataException(String.join("\n", faults));
        }
        return target;
    }

    private void collect(Json.Obj object, String prefix) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String key = prefix + member.getKey();
            Position at = object.keys().get(member.getKey());
            if (prefix.isEmpty() && (key.equals(NAME) || key.equals(BASE))) {
                continue;
            }
            var field = TargetField.of(key);
            if (field.isPresent()) {
                given.put(field.get(), member.getValue());
            } else if (prefix.isEmpty() && groups().contains(key)) {
                group(key, member.getValue());
            } else {
                faults.add("unknown key \"" + key + "\"" + Nearest.hint(key, known(prefix)) + place(at));
            }
        }
    }

    private void group(String key, Json value) {
        if (value instanceof Json.Obj group) {
            collect(group, key + ".");
        } else {
            faults.add("must be an object of fields: " + key + " is " + value.kind() + place(value.at()));
        }
    }

    private Target base(Json.Obj file) {
        String base = word(file, BASE, "default");
        return Presets.named(base).orElseGet(() -> {
            faults.add("unknown preset \"" + base + "\": must be one of " + Presets.names()
                    + Nearest.hint(base, Presets.names()) + place(file.members().get(BASE).at()));
            return Target.preset();
        });
    }

    private String name(Json.Obj file) {
        String fileName = Path.of(source).getFileName().toString();
        String name = word(file, NAME, fileName.replaceFirst("\\.json$", ""));
        if (!Target.fitsAsName(name)) {
            faults.add("must be a name of 1 to " + Target.LONGEST_NAME + " characters: name" + place(file.at()));
        }
        return name;
    }

    private String word(Json.Obj file, String key, String otherwise) {
        return switch (file.members().get(key)) {
            case null -> otherwise;
            case Json.Str(String value, _) -> value;
            case Json other -> {
                faults.add("must be a string: " + key + " is " + other.kind() + place(other.at()));
                yield otherwise;
            }
        };
    }

    private Target with(Target target, TargetField field, Json value) {
        String expected = TargetWriter.wordy(field) ? "a string" : "a number";
        String text = switch (value) {
            case Json.Str s when TargetWriter.wordy(field) -> s.value();
            case Json.Num n when !TargetWriter.wordy(field) -> n.text();
            default -> "";
        };
        if (!value.kind().equals(expected)) {
            faults.add("must be " + expected + ": " + field.key() + " is " + value.kind() + place(value.at()));
            return target;
        }
        try {
            return target.with(field, text);
        } catch (DataException e) {
            faults.add(e.getMessage() + Nearest.hint(text, field.choices()) + place(value.at()));
            return target;
        }
    }

    private void checkTogether(Target target) {
        for (TargetRules.Breach breach : TargetRules.breaches(target)) {
            Json value = given.get(breach.field());
            faults.add(breach.message() + (value == null ? " (" + source + ")" : place(value.at())));
        }
    }

    private String place(Position at) {
        return " (" + source + ":" + at + ")";
    }

    private static Collection<String> groups() {
        return Arrays.stream(TargetField.values()).map(TargetField::key).filter(k -> k.contains("."))
                .map(k -> k.substring(0, k.indexOf('.'))).collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static Collection<String> known(String prefix) {
        Stream<String> fields = Arrays.stream(TargetField.values()).map(TargetField::key);
        return prefix.isEmpty()
                ? Stream.concat(Stream.of(NAME, BASE), Stream.concat(groups().stream(), fields)).toList()
                : fields.filter(k -> k.startsWith(prefix)).toList();
    }
}
