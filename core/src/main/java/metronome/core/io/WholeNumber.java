package metronome.core.io;

import java.util.OptionalLong;

/**
 * Whole numbers as files and options have them: the digits 0 to 9, and a hyphen before them if they are below zero. Java's own
 * readers also take a plus sign, {@code -0}, and the digits of all other scripts, which nobody means to write.
 */
public final class WholeNumber {
    private WholeNumber() {
    }

    /**
     * {@return the number that a text is, if it is one of those from {@code least} to {@code most}}
     *
     * @param text any
     * @param least the lowest
     * @param most the highest
     */
    public static OptionalLong of(String text, long least, long most) {
        if (!written(text)) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            return value >= least && value <= most ? OptionalLong.of(value) : OptionalLong.empty();
        } catch (NumberFormatException e) { // beyond 64 bits
            return OptionalLong.empty();
        }
    }

    private static boolean written(String text) {
        int begin = text.startsWith("-") ? 1 : 0;
        boolean zero = true;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            zero &= c == '0';
        }
        return text.length() > begin && !(zero && begin == 1);
    }
}
