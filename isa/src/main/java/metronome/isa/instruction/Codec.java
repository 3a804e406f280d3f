package metronome.isa.instruction;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import metronome.core.io.DataException;

/**
 * Encodes, decodes and describes instructions, all from the annotations of the records.
 *
 * <p>Checked once, when the class is loaded: opcodes and mnemonics are unique and no two fields of an instruction
 * overlap.
 */
public final class Codec {
    /** The opcode, common to all instructions. */
    public static final Field OPCODE = new Field("opcode", 0, 6, false, "which instruction it is");

    private static final ClassValue<Layout> LAYOUTS = new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
            return Layout.of(type);
        }
    };
    private static final List<Class<? extends Operation>> OPERATIONS = leaves(Operation.class).toList();
    private static final Map<Integer, Class<? extends Operation>> BY_OPCODE = new HashMap<>();
    private static final Map<String, Class<? extends Operation>> BY_MNEMONIC = new HashMap<>();

    static {
        for (Class<? extends Operation> type : OPERATIONS) {
            Form form = form(type);
            if (BY_OPCODE.put(form.opcode(), type) != null || BY_MNEMONIC.put(form.mnemonic(), type) != null) {
                throw new IllegalStateException("declared twice: " + form.mnemonic() + " or its opcode");
            }
            requireDisjoint(form.mnemonic(), Stream.of(List.of(OPCODE), controlFields(), fields(type))
                    .flatMap(List::stream).toList());
        }
    }

    private Codec() {
    }

    private record Layout(List<Field> fields, List<RecordComponent> components, Constructor<?> constructor) {
        static Layout of(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                Bits bits = component.getAnnotation(Bits.class);
                fields.add(new Field(component.getName(), bits.at(), bits.width(), bits.signed(), bits.means()));
            }
            Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                return new Layout(List.copyOf(fields), List.of(type.getRecordComponents()),
                        type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("a record without its constructor: " + type, e);
            }
        }

        long value(Object record, int index) {
            try {
                Object value = components.get(index).getAccessor().invoke(record);
                return value instanceof Boolean b ? (b ? 1 : 0) : ((Integer) value).longValue();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record without its accessor: " + record, e);
            }
        }

        Object create(long[] values) {
            Object[] arguments = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                boolean flag = components.get(i).getType() == boolean.class;
                arguments[i] = flag ? (Object) (values[i] != 0) : (Object) Math.toIntExact(values[i]);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                throw (RuntimeException) e.getCause();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record that cannot be made: " + constructor, e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Operation>> leaves(Class<?> type) {
        return type.isRecord() ? Stream.of((Class<? extends Operation>) type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(Codec::leaves);
    }

    private static void requireDisjoint(String mnemonic, List<Field> fields) {
        long[] used = new long[2];
        for (Field field : fields) {
            int half = field.at() / 64;
            if ((used[half] & field.mask()) != 0) {
                throw new IllegalStateException("fields overlap: " + mnemonic + " " + field.name());
            }
            used[half] |= field.mask();
        }
    }

    /**
     * Checks a record's values against its fields.
     *
     * @param type the record's class
     * @param values {@link Integer} or {@link Boolean}, in the order of the components
     * @throws IllegalArgumentException naming the first value that does not fit
     */
    static void check(Class<?> type, Object... values) {
        List<Field> fields = LAYOUTS.get(type).fields;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Integer value) {
                fields.get(i).check(value);
            }
        }
    }

    /** {@return every kind of operation, in the order of declaration} */
    public static List<Class<? extends Operation>> operations() {
        return OPERATIONS;
    }

    /**
     * {@return the kind of operation of that name}
     *
     * @param mnemonic as in assembly text
     */
    public static Optional<Class<? extends Operation>> operation(String mnemonic) {
        return Optional.ofNullable(BY_MNEMONIC.get(mnemonic));
    }

    /**
     * {@return opcode, mnemonic, unit and action of a kind of operation}
     *
     * @param type its record
     */
    public static Form form(Class<? extends Operation> type) {
        return type.getAnnotation(Form.class);
    }

    /**
     * {@return the operands of a kind of operation, in the order of declaration}
     *
     * @param type its record
     */
    public static List<Field> fields(Class<? extends Operation> type) {
        return LAYOUTS.get(type).fields;
    }

    /** {@return the fields of the control part} */
    public static List<Field> controlFields() {
        return LAYOUTS.get(Control.class).fields;
    }

    /**
     * {@return the operands' values, in the order of {@link #fields}}
     *
     * @param operation any
     */
    public static long[] values(Operation operation) {
        return values((Object) operation);
    }

    private static long[] values(Object record) {
        Layout layout = LAYOUTS.get(record.getClass());
        long[] values = new long[layout.fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = layout.value(record, i);
        }
        return values;
    }

    /**
     * {@return an operation}
     *
     * @param type its kind
     * @param values of its operands, in the order of {@link #fields}
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public static Operation create(Class<? extends Operation> type, long[] values) {
        Layout layout = LAYOUTS.get(type);
        for (int i = 0; i < values.length; i++) {
            layout.fields.get(i).check(values[i]);
        }
        return (Operation) layout.create(values);
    }

    /**
     * {@return the instruction's word}
     *
     * @param instruction any
     */
    public static Word encode(Instruction instruction) {
        Word word = OPCODE.put(Word.ZERO, form(instruction.operation().getClass()).opcode());
        word = put(word, instruction.control());
        return put(word, instruction.operation());
    }

    private static Word put(Word word, Object record) {
        Word filled = word;
        List<Field> fields = LAYOUTS.get(record.getClass()).fields;
        long[] values = values(record);
        for (int i = 0; i < values.length; i++) {
            filled = fields.get(i).put(filled, values[i]);
        }
        return filled;
    }

    /**
     * {@return the instruction that a word encodes}
     *
     * @param word any
     * @throws DataException if its opcode is unknown or a bit outside its fields is set
     */
    public static Instruction decode(Word word) {
        Class<? extends Operation> type = BY_OPCODE.get((int) OPCODE.get(word));
        if (type == null) {
            throw new DataException("no instruction has the opcode " + OPCODE.get(word) + ": " + word);
        }
        Instruction instruction = new Instruction((Control) read(Control.class, word), (Operation) read(type, word));
        if (!encode(instruction).equals(word)) {
            throw new DataException("bits outside the fields of " + form(type).mnemonic() + " are set: " + word);
        }
        return instruction;
    }

    private static Object read(Class<?> type, Word word) {
        Layout layout = LAYOUTS.get(type);
        return layout.create(layout.fields.stream().mapToLong(f -> f.get(word)).toArray());
    }
}
