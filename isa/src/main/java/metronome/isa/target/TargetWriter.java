package metronome.isa.target;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;

/** Prints targets, and gives the hash by which artefacts name the hardware for which they were made. */
public final class TargetWriter {
    private TargetWriter() {
    }

    /**
     * {@return the target file: its name, and every field in the order of declaration, grouped by the first word of its
     * key}
     *
     * @param target what to print
     */
    public static Json.Obj json(Target target) {
        return fields(target, Json.object().put("name", target.name()));
    }

    /**
     * {@return the target file as text that {@link TargetReader} reads back to an equal target}
     *
     * @param target what to print
     */
    public static String text(Target target) {
        return JsonWriter.pretty(json(target));
    }

    /**
     * {@return SHA-256 of the compact JSON of all fields but the name: equal for equal hardware whatever it is called
     * and however its file was written}
     *
     * @param target what to hash
     */
    public static byte[] digest(Target target) {
        String canonical = JsonWriter.compact(fields(target, Json.object()));
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * {@return {@link #digest} in lower-case hexadecimal, 64 digits}
     *
     * @param target what to hash
     */
    public static String hash(Target target) {
        return HexFormat.of().formatHex(digest(target));
    }

    private static Json.Obj fields(Target target, ObjectBuilder file) {
        Map<String, ObjectBuilder> groups = new LinkedHashMap<>();
        for (TargetField field : TargetField.values()) {
            int dot = field.key().indexOf('.');
            if (dot < 0) {
                file.put(field.key(), value(target, field));
            } else {
                groups.computeIfAbsent(field.key().substring(0, dot), _ -> Json.object())
                        .put(field.key().substring(dot + 1), value(target, field));
            }
        }
        groups.forEach((name, group) -> file.put(name, group.build()));
        return file.build();
    }

    private static Json value(Target target, TargetField field) {
        return wordy(field) ? Json.of(target.text(field)) : new Json.Num(target.text(field), Json.Position.NONE);
    }

    /** Whether the field's values are words, so that a file has them in quotes; a choice among numbers is a number. */
    static boolean wordy(TargetField field) {
        return field.choices().stream().anyMatch(c -> !c.chars().allMatch(Character::isDigit));
    }
}
