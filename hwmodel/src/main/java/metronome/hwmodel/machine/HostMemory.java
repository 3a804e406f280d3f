package metronome.hwmodel.machine;

import java.util.Arrays;
import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.memory.Storage;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;

/** What the host writes to DRAM before a run and reads from it afterwards. */
final class HostMemory {
    private HostMemory() {
    }

    /** Spike lists, one for each band of rows: a count for each step, then the events, by step and within a step by neuron. */
    static void putSpikes(Storage dram, ProgramMap map, SpikeTrain train) {
        List<ProgramMap.Band> bands = map.inputBands();
        int[] bandOfRow = new int[map.input().height()];
        int[] next = new int[bands.size()];
        for (int b = 0; b < next.length; b++) {
            ProgramMap.Band band = bands.get(b);
            Arrays.fill(bandOfRow, band.firstRow(), band.firstRow() + band.rows(), b);
            next[b] = band.address() + 4 * (map.steps() + 1);
        }
        for (int k = 0; k <= map.steps(); k++) {
            int[] count = new int[next.length];
            for (int neuron : train.neurons()[k]) {
                int event = Event.of(neuron, map.input());
                int b = bandOfRow[Event.row(event)];
                dram.putWord(next[b], event);
                next[b] += Event.BYTES;
                count[b]++;
            }
            for (int b = 0; b < next.length; b++) {
                dram.putWord(bands.get(b).address() + 4 * k, count[b]);
            }
        }
    }

    /** The spikes of the last layer as the program has stored them. */
    static SpikeTrain train(Storage dram, ProgramMap map) {
        Shape shape = map.layers().getLast().output();
        int[][] neurons = new int[map.steps() + 1][];
        int at = map.outputAddress() + 4 * neurons.length;
        for (int k = 0; k < neurons.length; k++) {
            neurons[k] = new int[dram.word(map.outputAddress() + 4 * k)];
            for (int i = 0; i < neurons[k].length; i++, at += Event.BYTES) {
                neurons[k][i] = Event.index(dram.word(at), shape);
            }
        }
        return new SpikeTrain(neurons);
    }

    /** Activations, (row, column, channel) with the channel fastest. */
    static void putActivations(Storage dram, ProgramMap map, byte[] activations) {
        Shape shape = map.input();
        int area = shape.height() * shape.width();
        byte[] byPosition = new byte[activations.length];
        for (int c = 0; c < shape.channels(); c++) {
            for (int i = 0; i < area; i++) {
                byPosition[i * shape.channels() + c] = activations[c * area + i];
            }
        }
        dram.put(byPosition, 0, map.inputBands().getFirst().address(), byPosition.length);
    }

    static int[] output(Storage dram, ProgramMap map) {
        Shape shape = map.layers().getLast().output();
        return switch (map.kind()) {
            case DENSE -> accumulators(dram, map.outputAddress(), shape);
            case SPIKING_POTENTIAL ->
                new int[] {Event.index(dram.word(map.outputAddress() + 4 * (map.steps() + 1)), shape)};
            case SPIKING_LAST_SPIKE, SPIKING_PLAIN -> spikes(dram, map, shape);
        };
    }

    /** In DRAM the channel is fastest, as for activations; here it is slowest, as everywhere outside the machine. */
    private static int[] accumulators(Storage dram, int address, Shape shape) {
        int[] values = new int[shape.size()];
        int area = shape.height() * shape.width();
        for (int i = 0; i < values.length; i++) {
            values[i % shape.channels() * area + i / shape.channels()] = dram.word(address + 4 * i);
        }
        return values;
    }

    private static int[] spikes(Storage dram, ProgramMap map, Shape shape) {
        int[] steps = new int[shape.size()];
        Arrays.fill(steps, TemporalCode.SILENT);
        int at = map.outputAddress() + 4 * (map.steps() + 1);
        for (int k = 0; k <= map.steps(); k++) {
            for (int n = dram.word(map.outputAddress() + 4 * k); n > 0; n--, at += Event.BYTES) {
                if (at + Event.BYTES > dram.bytes().length) {
                    throw new DataException("the output list at " + map.outputAddress() + " passes the end of the DRAM");
                }
                steps[Event.index(dram.word(at), shape)] = k;
            }
        }
        return steps;
    }

    /** The class: the neuron itself, or the first among those with the greatest value. */
    static int result(ProgramMap.Kind kind, int[] output) {
        if (kind == ProgramMap.Kind.SPIKING_POTENTIAL) {
            return output[0];
        }
        int best = 0;
        for (int i = 1; i < output.length; i++) {
            if (output[i] > output[best]) {
                best = i;
            }
        }
        return best;
    }
}
