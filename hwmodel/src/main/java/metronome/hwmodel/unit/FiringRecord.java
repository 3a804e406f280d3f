package metronome.hwmodel.unit;

import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;

/**
 * The steps at which the neurons of a program fire, turned for those who look for them tile by tile: by layer, row, column and
 * channel, the channel fastest, a byte each. A byte holds {@link #SPAN} steps, so that there is an array for each span of so many.
 */
public final class FiringRecord {
    /** So many steps can be told apart in a byte, besides {@link #SILENT} and {@link #OTHER}. */
    static final int SPAN = 1 << Byte.SIZE - 1;
    /** The code of who never fires. */
    static final byte SILENT = -1;
    /** The code of who fires in another span. */
    static final byte OTHER = -2;
    /** Pixels that are turned together, so that what is written stays in the fastest cache. */
    private static final int PIXELS = 128;

    private final int[][] steps;
    private final List<Shape> shapes;
    private final int spans;
    /** By layer and span; those not yet asked for are empty. */
    private final byte[][][] turned;

    /**
     * Keeps a record; shared, and turned as it is asked for. Not safe for several threads.
     *
     * @param steps firing step by program layer and neuron (channel, row, column), at most the last step;
     *     {@link TemporalCode#SILENT} for none
     * @param shapes of the layers
     * @param last step T of a window
     */
    public FiringRecord(int[][] steps, List<Shape> shapes, int last) {
        this.steps = steps;
        this.shapes = List.copyOf(shapes);
        this.spans = span(last) + 1;
        this.turned = new byte[steps.length][spans][0];
    }

    Shape shape(int layer) {
        return shapes.get(layer);
    }

    /** The span of a step. */
    static int span(int step) {
        return step / SPAN;
    }

    /** The code of a step within its span, or of who never fires. */
    static byte code(int step) {
        return (byte) (step == TemporalCode.SILENT ? SILENT : step % SPAN);
    }

    /** The code of a step for those who look for a span. */
    static byte code(int step, int span) {
        return step == TemporalCode.SILENT || span(step) == span ? code(step) : OTHER;
    }

    /** The codes of a layer, by row, column and channel. */
    byte[] codes(int layer, int span) {
        if (turned[layer][span].length == 0) {
            turned[layer][span] = turn(layer, codesBySteps(span));
        }
        return turned[layer][span];
    }

    /** The code of each step, from {@link TemporalCode#SILENT} on. */
    private byte[] codesBySteps(int span) {
        byte[] codes = new byte[spans * SPAN - TemporalCode.SILENT];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(i + TemporalCode.SILENT, span);
        }
        return codes;
    }

    private byte[] turn(int layer, byte[] codes) {
        int channels = shapes.get(layer).channels();
        int pixels = shapes.get(layer).height() * shapes.get(layer).width();
        byte[] to = new byte[channels * pixels];
        for (int first = 0; first < pixels; first += PIXELS) {
            int count = Math.min(PIXELS, pixels - first);
            for (int c = 0; c < channels; c++) {
                turn(steps[layer], c * pixels + first, count, codes, to, first * channels + c, channels);
            }
        }
        return to;
    }

    private static void turn(int[] from, int first, int count, byte[] codes, byte[] to, int at, int apart) {
        for (int i = 0; i < count; i++) {
            to[at + i * apart] = codes[from[first + i] - TemporalCode.SILENT];
        }
    }
}
