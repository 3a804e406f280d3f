package metronome.core.numpy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metronome.core.io.DataException;
import metronome.core.io.WholeNumber;

/**
 * What a file says of its array.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param columnMajor whether the first index runs fastest (Fortran's order)
 * @param shape extents, each at least 1; none for a single number
 */
record Header(ElementType type, ByteOrder order, boolean columnMajor, int[] shape) {
    private static final int MOST_AXES = 32;
    /** How many an array of Java can hold. */
    static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*(['\"])(?<key>\\w+)\\1\\s*:\\s*(?:(['\"])(?<text>[^'\"]*)\\3|(?<truth>True|False)|\\((?<tuple>[^()]*)\\)|"
            + "(?<list>\\[.*\\]))\\s*(?:,|(?=\\}))");

    /** A header's text: a dictionary of Python with the keys descr, fortran_order and shape. */
    static Header parse(String text) {
        String body = text.strip();
        if (!body.startsWith("{") || !body.endsWith("}")) {
            throw new DataException("header \"" + brief(body) + "\", expected a dictionary in braces");
        }
        TreeSet<String> keys = new TreeSet<>();
        String descr = "";
        boolean columnMajor = false;
        int[] shape = {};
        Matcher entry = ENTRY.matcher(body).region(1, body.length());
        int end = 1;
        while (entry.lookingAt()) {
            String key = entry.group("key");
            if (!keys.add(key)) {
                throw new DataException("header: key \"" + key + "\" twice");
            }
            switch (key) {
                case "descr" -> descr = descr(entry);
                case "fortran_order" -> columnMajor = value(entry, "truth", "True or False").equals("True");
                case "shape" -> shape = shape(value(entry, "tuple", "a tuple of whole numbers"));
                default -> throw new DataException("header: unknown key \"" + key + "\", expected descr, fortran_order and shape");
            }
            end = entry.end();
            entry.region(end, body.length());
        }
        if (keys.size() != 3 || !body.substring(end).strip().equals("}")) {
            throw new DataException("header \"" + brief(body) + "\", expected a dictionary of descr, fortran_order and shape");
        }
        return new Header(type(descr), descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, columnMajor, shape);
    }

    private static String descr(Matcher entry) {
        if (entry.group("list") != null) {
            throw new DataException("header: descr is a list, which is an array of records, expected one type of numbers");
        }
        return value(entry, "text", "a type in quotes");
    }

    private static String value(Matcher entry, String group, String expected) {
        if (entry.group(group) == null) {
            throw new DataException("header: " + brief(entry.group().strip()) + " expected " + expected);
        }
        return entry.group(group);
    }

    private static ElementType type(String descr) {
        ElementType type = descr.isEmpty() ? null : ElementType.of(descr.substring(1)).orElse(null);
        String orders = type != null && type.bytes() == 1 ? "<>|" : "<>";
        if (type == null || orders.indexOf(descr.charAt(0)) < 0) {
            throw new DataException("header: type \"" + brief(descr) + "\", expected one of "
                    + Arrays.stream(ElementType.values()).map(ElementType::code).toList()
                    + " after < or > (of one byte also |)");
        }
        return type;
    }

    private static int[] shape(String tuple) {
        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        String extents = tuple.strip();
        if (extents.isEmpty()) {
            return new int[0];
        }
        for (String part : (extents.endsWith(",") ? extents.substring(0, extents.length() - 1) : extents).split(",", -1)) {
            long extent = WholeNumber.of(part.strip(), 1, MOST_ELEMENTS).orElseThrow(() -> new DataException("header: extent \""
                    + brief(part.strip()) + "\" of shape (" + brief(tuple) + "), expected a whole number from 1 on, below 2^31"));
            if ((elements *= extent) > MOST_ELEMENTS || shape.size() == MOST_AXES) {
                throw new DataException("header: shape (" + brief(tuple) + "), expected at most " + MOST_AXES
                        + " extents, fewer than 2^31 elements in all");
            }
            shape.add((int) extent);
        }
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    int elements() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    long dataBytes() {
        return (long) elements() * type.bytes();
    }
}
