package metronome.core.onnx;

/**
 * Rows and columns of zeros around an image.
 *
 * @param top at least 0
 * @param left at least 0
 * @param bottom at least 0
 * @param right at least 0
 */
record Border(int top, int left, int bottom, int right) {
    static final Border NONE = new Border(0, 0, 0, 0);

    Border plus(Border other) {
        return new Border(top + other.top, left + other.left, bottom + other.bottom, right + other.right);
    }

    @Override
    public String toString() {
        return "[" + top + ", " + left + ", " + bottom + ", " + right + "]";
    }
}
