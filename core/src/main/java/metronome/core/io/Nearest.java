package metronome.core.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody may have meant, for messages about unknown keys, options and names. */
public final class Nearest {
    private Nearest() {
    }

    /**
     * {@return the known word that is nearest by insertions, deletions, replacements and swaps of neighbours, if it is
     * near at all: at most a third of the longer word, and at least two letters, may differ}
     *
     * @param word what was written
     * @param known what would have been understood; among equally near ones the first in its order
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(k -> distance(lower, k.toLowerCase(Locale.ROOT)) <= Math.max(2, Math.max(word.length(), k.length()) / 3))
                .filter(k -> distance(lower, k.toLowerCase(Locale.ROOT)) < k.length())
                .min(Comparator.comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT))));
    }

    /**
     * {@return {@code "; did you mean NEAREST?"}, or nothing if no known word is near}
     *
     * @param word what was written
     * @param known what would have been understood
     */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(k -> "; did you mean " + k + "?").orElse("");
    }

    /** Optimal string alignment over three rolling rows. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
