package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.memory.EventList;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;

/**
 * How inputs and outputs of a sliding window meet.
 *
 * @param inHeight input rows
 * @param inWidth input columns
 * @param outHeight output rows
 * @param outWidth output columns
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride in both directions
 * @param padding on all four sides
 * @param dilation distance of neighbouring taps of the kernel
 * @param groupInputs input channels of a group, at most {@link #ALL}
 * @param groupOutputs output channels of a group, at most {@link #ALL}
 */
record Geometry(int inHeight, int inWidth, int outHeight, int outWidth, int kernelHeight, int kernelWidth, int stride,
        int padding, int dilation, int groupInputs, int groupOutputs) {
    /** More channels than any layer has: all of them are one group. */
    static final int ALL = 1 << 13;

    /** One without dilation, all of whose channels are one group. */
    Geometry(int inHeight, int inWidth, int outHeight, int outWidth, int kernelHeight, int kernelWidth, int stride,
            int padding) {
        this(inHeight, inWidth, outHeight, outWidth, kernelHeight, kernelWidth, stride, padding, 1, ALL, ALL);
    }

    /** This geometry with groups and dilation. */
    Geometry with(LifOperation.LifGroups g) {
        if (g.inputs() < 1 || g.outputs() < 1 || g.dilation() < 1) {
            throw new DataException("lif.groups: inputs, outputs and dilation must be at least 1: " + g.inputs() + ", "
                    + g.outputs() + ", " + g.dilation());
        }
        return new Geometry(inHeight, inWidth, outHeight, outWidth, kernelHeight, kernelWidth, stride, padding,
                g.dilation(), g.inputs(), g.outputs());
    }

    /** The first output channel that an input channel reaches. */
    int firstChannel(int inChannel) {
        return inChannel / groupInputs * groupOutputs;
    }

    /** The first output row whose window holds an input row, not below a limit. */
    int firstRow(int inRow, int limit) {
        return first(inRow, kernelHeight, limit);
    }

    /** One past the last output row whose window holds an input row, not above a limit. */
    int endRow(int inRow, int limit) {
        return end(inRow, limit);
    }

    /** The first output column whose window holds an input column, not below a limit. */
    int firstColumn(int inColumn, int limit) {
        return first(inColumn, kernelWidth, limit);
    }

    /** One past the last output column whose window holds an input column, not above a limit. */
    int endColumn(int inColumn, int limit) {
        return end(inColumn, limit);
    }

    /** The kernel's row at which an input row meets an output row of the range; -1 if it falls into a gap. */
    int kernelRow(int inRow, int outRow) {
        return distanceInTaps(inRow, outRow);
    }

    /** The kernel's column at which an input column meets an output column of the range; -1 if it falls into a gap. */
    int kernelColumn(int inColumn, int outColumn) {
        return distanceInTaps(inColumn, outColumn);
    }

    /** The number of the first weight of an input channel's tap, in a tile of so many channels. */
    int weight(int inChannel, int kernelRow, int kernelColumn, int channels) {
        return (inChannel % groupInputs * kernelHeight * kernelWidth + tap(kernelRow, kernelColumn)) * channels;
    }

    /** The number of a kernel's tap, row by row. */
    int tap(int kernelRow, int kernelColumn) {
        return kernelRow * kernelWidth + kernelColumn;
    }

    /** How many rows or columns an input lies behind the beginning of an output's window. */
    int distance(int in, int out) {
        return in + padding - out * stride;
    }

    private int distanceInTaps(int in, int out) {
        int distance = distance(in, out);
        if (dilation == 1) {
            return distance;
        }
        return distance % dilation == 0 ? distance / dilation : -1;
    }

    /** The event, if it lies within the input. */
    int require(int event, int channels) {
        if (Event.channel(event) >= channels || Event.row(event) >= inHeight || Event.column(event) >= inWidth) {
            throw new DataException("the event (" + Event.channel(event) + ", " + Event.row(event) + ", "
                    + Event.column(event) + ") lies outside the input that the shape instruction names, " + channels
                    + "x" + inHeight + "x" + inWidth);
        }
        return event;
    }

    /** Checks that the first so many events of a list lie within the input. */
    void requireAll(EventList events, int count, int channels) {
        int outside = 0;
        for (int i = 0; i < count; i++) {
            int event = events.get(i);
            outside |= channels - 1 - Event.channel(event) | inHeight - 1 - Event.row(event) | inWidth - 1 - Event.column(event);
        }
        for (int i = 0; outside < 0 && i < count; i++) {
            require(events.get(i), channels);
        }
    }

    /** How many inputs an output's window really holds. */
    int present(int outRow, int outColumn) {
        return overlap(outRow, kernelHeight, inHeight) * overlap(outColumn, kernelWidth, inWidth);
    }

    private int overlap(int out, int kernel, int in) {
        int start = out * stride - padding;
        return Math.max(0, Math.min(start + kernel, in) - Math.max(start, 0));
    }

    private int first(int in, int kernel, int limit) {
        return Math.max(limit, Math.ceilDiv(in + padding - (kernel - 1) * dilation, stride));
    }

    private int end(int in, int limit) {
        return Math.min(limit, Math.floorDiv(in + padding, stride) + 1);
    }
}
