package metronome.core.spiking;

import java.util.function.IntPredicate;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * Where a spike at an input pixel goes, as runs of contiguous potentials that meet runs of contiguous weights.
 *
 * <p>Potentials are laid out [row][column][channel]. Weights are laid out [input channel][kernel row][slot][output
 * channel of the input's group], where the slots of a kernel row are its columns grouped by residue modulo the stride,
 * descending: so that the neurons a spike reaches in one output row, and the weights it reaches them by, ascend together.
 * With groups or dilation they do not, and each output position is a run of its own.
 */
final class FanOut {
    private final Shape output;
    private final Window window;
    private final int[] slots;
    private final int inputsPerGroup;
    private final int outputsPerGroup;
    /** Of pixel p: runs first[p] to first[p + 1]. */
    final int[] first;
    /** First potential of each run, from {@link #firstNeuron} of the input channel on. */
    final int[] neuron;
    /** First weight of each run, from the beginning of the input channel's weights. */
    final int[] weight;
    /** Length of each run. */
    final int[] length;

    FanOut(Shape input, Shape output, Window window) {
        this.output = output;
        this.window = window;
        this.slots = slots(window);
        this.inputsPerGroup = input.channels() / window.groups();
        this.outputsPerGroup = output.channels() / window.groups();
        int pixels = input.height() * input.width();
        this.first = new int[pixels + 1];
        int[][] runs = new int[3][Math.multiplyExact(pixels, window.plain() ? window.height() : window.height() * window.width())];
        int count = 0;
        for (int p = 0; p < pixels; p++) {
            for (int ky = 0; ky < window.height(); ky++) {
                count = window.plain() ? addRun(p / input.width(), p % input.width(), ky, runs, count)
                        : addPositions(p / input.width(), p % input.width(), ky, runs, count);
            }
            first[p + 1] = count;
        }
        this.neuron = runs[0];
        this.weight = runs[1];
        this.length = runs[2];
    }

    /** Weights of one input channel. */
    int weightsPerChannel() {
        return window.height() * window.width() * outputsPerGroup;
    }

    /** First potential at an output position that an input channel reaches. */
    int firstNeuron(int inputChannel) {
        return inputChannel / inputsPerGroup * outputsPerGroup;
    }

    /** Output channels that an input channel reaches. */
    int outputsPerGroup() {
        return outputsPerGroup;
    }

    /** Synapses that a spike at a pixel crosses, of all output channels, borders taken into account. */
    int synapses(int pixel) {
        int sum = 0;
        for (int r = first[pixel]; r < first[pixel + 1]; r++) {
            sum += length[r];
        }
        return sum;
    }

    /** Synapses that the spikes of a layer cross. */
    long synapses(Shape input, IntPredicate present) {
        int pixels = input.height() * input.width();
        long sum = 0;
        for (int i = 0; i < input.size(); i++) {
            sum += present.test(i) ? synapses(i % pixels) : 0;
        }
        return sum;
    }

    /** Where each weight goes, of weights in the order [out, in of its group, kernel row, kernel column]. */
    int[] places() {
        int taps = window.height() * window.width();
        int[] places = new int[output.channels() * inputsPerGroup * taps];
        for (int i = 0; i < places.length; i++) {
            int out = i / (inputsPerGroup * taps);
            int row = i / window.width() % (inputsPerGroup * window.height())
                    + out / outputsPerGroup * inputsPerGroup * window.height();
            places[i] = (row * window.width() + slots[i % window.width()]) * outputsPerGroup + out % outputsPerGroup;
        }
        return places;
    }

    private static int[] slots(Window window) {
        int[] slots = new int[window.width()];
        int next = 0;
        for (int residue = 0; residue < Math.min(window.stride(), window.width()); residue++) {
            int largest = (window.width() - 1 - residue) / window.stride() * window.stride() + residue;
            for (int kx = largest; kx >= 0; kx -= window.stride()) {
                slots[kx] = next++;
            }
        }
        return slots;
    }

    /** With groups or dilation: one run for each output position that a tap of a kernel row leads to. */
    private int addPositions(int y, int x, int ky, int[][] runs, int count) {
        int row = reached(y, ky, output.height());
        int next = count;
        for (int kx = window.width() - 1; row >= 0 && kx >= 0; kx--) {
            int column = reached(x, kx, output.width());
            if (column >= 0) {
                runs[0][next] = (row * output.width() + column) * output.channels();
                runs[1][next] = (ky * window.width() + slots[kx]) * outputsPerGroup;
                runs[2][next++] = outputsPerGroup;
            }
        }
        return next;
    }

    /** The output row or column that a tap leads to; -1 if there is none. */
    private int reached(int in, int tap, int extent) {
        int distance = in + window.padding() - tap * window.dilation();
        return distance < 0 || distance % window.stride() != 0 || distance / window.stride() >= extent ? -1
                : distance / window.stride();
    }

    private int addRun(int y, int x, int ky, int[][] runs, int count) {
        int stride = window.stride();
        int row = y + window.padding() - ky;
        if (row < 0 || row % stride != 0 || row / stride >= output.height()) {
            return count;
        }
        int column = x + window.padding();
        int residue = column % stride;
        int firstColumn = Math.max(0, Math.ceilDiv(column - (window.width() - 1), stride));
        int lastColumn = Math.min(output.width() - 1, (column - residue) / stride);
        if (firstColumn > lastColumn || residue >= window.width()) {
            return count;
        }
        runs[0][count] = (row / stride * output.width() + firstColumn) * output.channels();
        runs[1][count] = (ky * window.width() + slots[column - firstColumn * stride]) * output.channels();
        runs[2][count] = (lastColumn - firstColumn + 1) * output.channels();
        return count + 1;
    }
}
