package metronome.core.tensor;

/** Walks the cells that each window of a pool covers, window by window, row-major. */
record Cells(Sliding sliding) {
    @FunctionalInterface
    interface Visitor {
        /** Offsets of the first lane of an input cell and of the output whose window covers it. */
        void visit(int in, int out);
    }

    void forEach(Visitor visitor) {
        Sliding s = sliding;
        for (int c = 0; c < s.channels(); c++) {
            for (int y = 0; y < s.outHeight(); y++) {
                for (int x = 0; x < s.outWidth(); x++) {
                    window(visitor, c, y, x);
                }
            }
        }
    }

    private void window(Visitor visitor, int c, int outY, int outX) {
        Sliding s = sliding;
        int out = ((c * s.outHeight() + outY) * s.outWidth() + outX) * Kernels.LANES;
        int top = outY * s.stride() - s.padding();
        int left = outX * s.stride() - s.padding();
        for (int y = Math.max(0, top); y < Math.min(s.height(), top + s.kernelHeight()); y++) {
            for (int x = Math.max(0, left); x < Math.min(s.width(), left + s.kernelWidth()); x++) {
                visitor.visit(((c * s.height() + y) * s.width() + x) * Kernels.LANES, out);
            }
        }
    }
}
