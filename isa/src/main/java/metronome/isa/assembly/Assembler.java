package metronome.isa.assembly;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Field;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.program.MapJson;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;

/** Makes a program of assembly text. */
public final class Assembler {
    private final List<List<Instruction>> cores = new ArrayList<>(List.of(new ArrayList<>()));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private Optional<ProgramMap> map = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<Integer> address = Optional.empty();

    private Assembler() {
    }

    /**
     * {@return the program that a text describes}
     *
     * @param text as {@link Disassembler} prints it or somebody writes it
     * @throws DataException with the number of the first line that is wrong
     */
    public static Program assemble(String text) {
        Assembler assembler = new Assembler();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                assembler.line(line.strip());
            } catch (DataException | IllegalArgumentException e) {
                throw new DataException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return new Program(assembler.map.orElseThrow(() -> new DataException("the directive .map is missing")),
                assembler.target.orElseThrow(() -> new DataException("the directive .target is missing")),
                assembler.cores, assembler.address.orElse(0), assembler.data.toByteArray());
    }

    private void line(String line) {
        if (line.startsWith(".")) {
            directive(line);
            return;
        }
        String statement = line.replaceFirst(";.*", "").strip();
        if (!statement.isEmpty()) {
            cores.getLast().add(instruction(statement));
        }
    }

    /**
     * {@return the instruction that a line describes}
     *
     * @param line without a comment
     * @throws DataException if the mnemonic or an operand is unknown, or a value does not fit
     */
    public static Instruction instruction(String line) {
        String[] words = line.split("\\s+");
        Class<? extends Operation> type = Codec.operation(words[0])
                .orElseThrow(() -> new DataException("no such instruction: " + words[0]));
        Map<String, Long> given = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new DataException("expected operand=value, found " + words[i]);
            }
            String name = words[i].substring(0, equals);
            if (given.put(name, number(words[i].substring(equals + 1))) != null) {
                throw new DataException("operand stands twice: " + name);
            }
        }
        long[] operands = take(given, Codec.fields(type));
        long[] c = take(given, Codec.controlFields());
        if (!given.isEmpty()) {
            throw new DataException(words[0] + " has no operand " + given.keySet().iterator().next());
        }
        try {
            return new Instruction(new Control((int) c[0], (int) c[1], (int) c[2], (int) c[3], (int) c[4]),
                    Codec.create(type, operands));
        } catch (IllegalArgumentException e) {
            throw new DataException(words[0] + ": " + e.getMessage(), e);
        }
    }

    private static long[] take(Map<String, Long> given, List<Field> fields) {
        long[] values = new long[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            Optional<Long> value = Optional.ofNullable(given.remove(field.name()));
            try {
                values[i] = field.check(value.orElse(0L));
            } catch (IllegalArgumentException e) {
                throw new DataException(e.getMessage(), e);
            }
        }
        return values;
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new DataException("not a number: " + text, e);
        }
    }

    private void directive(String line) {
        int space = line.indexOf(' ');
        String name = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (name) {
            case ".map" -> map = once(name, map, MapJson.read(rest));
            case ".target" -> target = once(name, target, rest);
            case ".core" -> core(rest);
            case ".data" -> address = once(name, address, address(rest));
            case ".bytes" -> data.writeBytes(bytes(rest));
            default -> throw new DataException("no such directive: " + name);
        }
    }

    private void core(String text) {
        if (number(text) != cores.size()) {
            throw new DataException("cores must come in order, expected .core " + cores.size() + ": .core " + text);
        }
        cores.add(new ArrayList<>());
    }

    private static <T> Optional<T> once(String name, Optional<T> before, T value) {
        if (before.isPresent()) {
            throw new DataException("directive stands twice: " + name);
        }
        return Optional.of(value);
    }

    private static int address(String text) {
        long value = number(text);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new DataException("must be in [0, " + Integer.MAX_VALUE + "]: .data " + text);
        }
        return (int) value;
    }

    private static byte[] bytes(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new DataException("expected pairs of hexadecimal digits: " + e.getMessage(), e);
        }
    }
}
