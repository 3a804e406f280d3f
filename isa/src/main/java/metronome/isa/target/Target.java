package metronome.isa.target;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import metronome.core.io.DataException;

/** One complete hardware configuration: a value for every {@link TargetField}. Immutable. */
public final class Target {
    /** The most characters that a name may have. */
    public static final int LONGEST_NAME = 100;

    private final String name;
    private final double[] values;

    private Target(String name, double[] values) {
        this.name = name;
        this.values = values;
    }

    /**
     * {@return the configuration in which every field has its preset}
     */
    public static Target preset() {
        return new Target("default", Arrays.stream(TargetField.values()).mapToDouble(TargetField::preset).toArray());
    }

    /** {@return what it is called in reports} */
    public String name() {
        return name;
    }

    /**
     * {@return this configuration under another name}
     *
     * @param name what it is called in reports
     */
    public Target named(String name) {
        return new Target(name, values);
    }

    /**
     * {@return whether a text can be the name of a target in a file: not blank, of at most {@link #LONGEST_NAME}
     * characters, none of them a control character}
     *
     * @param text any
     */
    public static boolean fitsAsName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * {@return the value of a whole-numbered field}
     *
     * @param field not a choice
     */
    public int count(TargetField field) {
        return (int) values[field.ordinal()];
    }

    /**
     * {@return the value of any numeric field}
     *
     * @param field not a choice
     */
    public double number(TargetField field) {
        return values[field.ordinal()];
    }

    /**
     * {@return the word chosen}
     *
     * @param field a choice
     */
    public String choice(TargetField field) {
        return field.choices().get(count(field));
    }

    /**
     * {@return the value as a target file has it}
     *
     * @param field any
     */
    public String text(TargetField field) {
        return field.choices().isEmpty() ? number(number(field)) : choice(field);
    }

    /**
     * {@return this configuration with another value}
     *
     * @param field any
     * @param text a number or one of the choices
     * @throws DataException if the value is not one of the field's
     */
    public Target with(TargetField field, String text) {
        double[] changed = values.clone();
        changed[field.ordinal()] = parse(field, text);
        return new Target(name, changed);
    }

    /** {@return every field's value as text} */
    public Map<TargetField, String> texts() {
        Map<TargetField, String> texts = new EnumMap<>(TargetField.class);
        for (TargetField field : TargetField.values()) {
            texts.put(field, text(field));
        }
        return texts;
    }

    private static double parse(TargetField field, String text) {
        if (!field.choices().isEmpty()) {
            int index = field.choices().indexOf(text);
            if (index < 0) {
                throw new DataException("must be one of " + field.choices() + ": " + field.key() + "=" + text);
            }
            return index;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DataException("must be a number: " + field.key() + "=" + text, e);
        }
        if (!(value >= field.least() && value <= field.most()) || field.whole() && value != Math.rint(value)) {
            throw new DataException("must be " + (field.whole() ? "a whole number " : "") + "in ["
                    + number(field.least()) + ", " + number(field.most()) + "]"
                    + (field.unit().isEmpty() ? "" : " " + field.unit()) + ": " + field.key() + "=" + text);
        }
        return value;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target t && t.name.equals(name) && Arrays.equals(t.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Target[" + name + "]";
    }
}
