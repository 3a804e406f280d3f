package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
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
    private final int last;
    /** By span and step, from {@link TemporalCode#SILENT} on; as many as a power of two. */
    private final byte[][] codes;
    /** By layer and span; those not yet asked for are empty. */
    private final byte[][][] turned;
    private final int[] firing;
    private final boolean[] fits;

    /**
     * Keeps a record; shared, and checked and turned in one go. Not safe for several threads.
     *
     * @param steps firing step by program layer and neuron (channel, row, column), as many as the layer has;
     *     {@link TemporalCode#SILENT} for none
     * @param shapes of the layers
     * @param last step T of a window
     */
    public FiringRecord(int[][] steps, List<Shape> shapes, int last) {
        this.steps = steps;
        this.shapes = List.copyOf(shapes);
        this.last = last;
        this.codes = new byte[span(last) + 1][];
        Arrays.setAll(codes, span -> codesBySteps(span, Integer.highestOneBit(last - TemporalCode.SILENT) * 2));
        this.turned = new byte[steps.length][codes.length][0];
        this.firing = new int[steps.length];
        this.fits = new boolean[steps.length];
        for (int layer = 0; layer < steps.length; layer++) {
            turned[layer][0] = turn(layer, 0);
            firing[layer] = turned[layer][0].length - silent(turned[layer][0]);
        }
    }

    /**
     * {@return whether all steps of a layer are ones of a window, or none}
     *
     * @param layer of the program
     */
    public boolean fits(int layer) {
        return fits[layer];
    }

    /**
     * {@return how many neurons of a layer fire, if it {@link #fits}}
     *
     * @param layer of the program
     */
    public int firing(int layer) {
        return firing[layer];
    }

    List<Shape> shapes() {
        return shapes;
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
            turned[layer][span] = turn(layer, span);
        }
        return turned[layer][span];
    }

    private static byte[] codesBySteps(int span, int count) {
        byte[] codes = new byte[count];
        for (int i = 0; i < count; i++) {
            codes[i] = code(i + TemporalCode.SILENT, span);
        }
        return codes;
    }

    private byte[] turn(int layer, int span) {
        int channels = shapes.get(layer).channels();
        int pixels = shapes.get(layer).height() * shapes.get(layer).width();
        byte[] to = new byte[channels * pixels];
        int outside = 0;
        for (int first = 0; first < pixels; first += PIXELS) {
            int count = Math.min(PIXELS, pixels - first);
            for (int c = 0; c < channels; c++) {
                outside |= turn(steps[layer], c * pixels + first, count, codes[span], to, first * channels + c, channels);
            }
        }
        fits[layer] = outside >= 0;
        return to;
    }

    private static int silent(byte[] codes) {
        int silent = 0;
        int i = 0;
        for (; i < Lanes.BYTES.loopBound(codes.length); i += Lanes.BYTES.length()) {
            silent += ByteVector.fromArray(Lanes.BYTES, codes, i).eq(SILENT).trueCount();
        }
        for (; i < codes.length; i++) {
            silent += codes[i] == SILENT ? 1 : 0;
        }
        return silent;
    }

    /** Turns some pixels of a channel; returns a negative number if one of the steps is none. */
    private int turn(int[] from, int first, int count, byte[] codes, byte[] to, int at, int apart) {
        int most = last - TemporalCode.SILENT;
        int outside = 0;
        for (int i = 0; i < count; i++) {
            int step = from[first + i] - TemporalCode.SILENT;
            outside |= step | most - step;
            to[at + i * apart] = codes[step & codes.length - 1];
        }
        return outside;
    }
}
