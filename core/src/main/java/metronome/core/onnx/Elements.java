package metronome.core.onnx;

/** The elements of a tensor, row-major: floats, or whole numbers, which may be anything from a shape to 8-bit weights. */
sealed interface Elements {
    /**
     * Of type FLOAT or FLOAT16, the latter widened.
     *
     * @param values the elements
     */
    record Floats(float[] values) implements Elements {
    }

    /**
     * Of any other type.
     *
     * @param type which
     * @param values the elements
     */
    record Integers(ElementType type, long[] values) implements Elements {
    }

    /** {@return how many there are} */
    default int count() {
        return switch (this) {
            case Floats(float[] values) -> values.length;
            case Integers(_, long[] values) -> values.length;
        };
    }

    /**
     * {@return these elements in another order}
     *
     * @param order old index of each
     */
    default Elements ordered(int[] order) {
        return switch (this) {
            case Floats(float[] values) -> {
                float[] ordered = new float[order.length];
                for (int i = 0; i < order.length; i++) {
                    ordered[i] = values[order[i]];
                }
                yield new Floats(ordered);
            }
            case Integers(ElementType type, long[] values) -> {
                long[] ordered = new long[order.length];
                for (int i = 0; i < order.length; i++) {
                    ordered[i] = values[order[i]];
                }
                yield new Integers(type, ordered);
            }
        };
    }
}
