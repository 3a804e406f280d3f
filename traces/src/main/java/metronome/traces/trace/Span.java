package metronome.traces.trace;

import java.util.Optional;

/**
 * Whole numbers in a row, both ends counted.
 *
 * @param first the first, at least 0
 * @param last the last, at least the first; {@link #OPEN} for no end
 */
public record Span(long first, long last) {
    /** The end of what has none. */
    public static final long OPEN = Long.MAX_VALUE;

    /** The greatest number that text and headers may have: 2^53 - 1, up to which all readers of JSON know whole numbers. */
    public static final long MOST = (1L << 53) - 1;

    /** Checks the order. */
    public Span {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("no span: " + first + " to " + last);
        }
    }

    /**
     * {@return whether it has a number of a range}
     *
     * @param from the first of the range
     * @param to the last of the range
     */
    public boolean meets(long from, long to) {
        return first <= to && last >= from;
    }

    /**
     * {@return what both have; empty for nothing}
     *
     * @param other another span
     */
    public Optional<Span> and(Span other) {
        long from = Math.max(first, other.first);
        long to = Math.min(last, other.last);
        return from > to ? Optional.empty() : Optional.of(new Span(from, to));
    }

    @Override
    public String toString() {
        return last == first ? Long.toString(first) : first + (last == OPEN ? " and later" : " to " + last);
    }
}
