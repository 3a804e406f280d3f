package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.isa.program.Event;

/**
 * How many cycles an event occupies the LIF array, and why (rules LIF-4 and LIF-5): its fan-out within the tile, in the
 * order (row, column, channel), is cut into groups of as many entries as there are lanes; a group takes as many cycles
 * as the busiest bank of potentials or of weights needs for its accesses, some of which it serves at once.
 */
final class FanOutTiming {
    private final int lanes;
    private final int banks;
    private final int ports;
    private final int updateCycles;
    private final WeightFormat format;
    private final int[] potentialsInBank;
    private final int[] wordsInBank;
    private final int[] wordStamp;
    private int stamp;
    private Tile tile;
    private int firstWeight;
    private int groupSize;
    private int busiestPotentials;
    private int busiestWords;

    private int updates;
    private int words;
    private int cycles;
    private int potentialStalls;
    private int weightStalls;

    FanOutTiming(int lanes, int banks, int ports, int updateCycles, WeightFormat format, int weightBytes) {
        this.ports = ports;
        this.updateCycles = updateCycles;
        this.lanes = lanes;
        this.banks = banks;
        this.format = format;
        this.potentialsInBank = new int[banks];
        this.wordsInBank = new int[format.banks()];
        this.wordStamp = new int[weightBytes / format.wordBytes() + 2];
    }

    void tile(Tile tile, int firstWeight) {
        this.tile = tile;
        this.firstWeight = firstWeight;
    }

    /** What an event costs. */
    FanOutCost measure(int event) {
        updates = 0;
        words = 0;
        cycles = 0;
        potentialStalls = 0;
        weightStalls = 0;
        groupSize = 0;
        Geometry g = tile.geometry();
        int inRow = Event.row(event);
        int inColumn = Event.column(event);
        int endRow = g.endRow(inRow, Math.min(tile.endRow(), g.outHeight()));
        int first = tile.firstReached(Event.channel(event));
        int reached = tile.endReached(Event.channel(event)) - first;
        int channelWeight = g.weight(Event.channel(event), 0, 0, tile.channels()) + first;
        for (int row = g.firstRow(inRow, tile.firstRow()); row < endRow && reached > 0; row++) {
            int kernelRow = g.kernelRow(inRow, row);
            int endColumn = tile.endReachedColumn(inColumn);
            for (int column = tile.firstReachedColumn(inColumn); column < endColumn && kernelRow >= 0; column++) {
                int kernelColumn = g.kernelColumn(inColumn, column);
                if (kernelColumn >= 0) {
                    position(tile.base() + tile.offset(row, column) + first,
                            channelWeight + g.tap(kernelRow, kernelColumn) * tile.channels(), reached);
                }
            }
        }
        close();
        return new FanOutCost(Math.max(1, cycles), updates, words, potentialStalls, weightStalls);
    }

    private void position(int potential, int weight, int channels) {
        int done = 0;
        while (done < channels) {
            if (groupSize == 0) {
                open();
            }
            int piece = Math.min(channels - done, lanes - groupSize);
            piece(potential + done, weight + done, piece);
            done += piece;
            groupSize += piece;
            if (groupSize == lanes) {
                close();
            }
        }
        updates += channels;
    }

    private void piece(int potential, int weight, int length) {
        int first = potential % banks;
        for (int left = length; left > 0; first = 0) {
            int end = Math.min(banks, first + left);
            left -= end - first;
            potentials(first, end);
        }
        int firstByte = firstWeight + weight * format.bytes();
        int lastWord = (firstByte + length * format.bytes() - 1) / format.wordBytes();
        int word = firstByte / format.wordBytes();
        for (int bank = word % format.banks(); word <= lastWord; word++) {
            if (wordStamp[word] != stamp) {
                wordStamp[word] = stamp;
                word(bank);
            }
            bank = bank + 1 == format.banks() ? 0 : bank + 1;
        }
    }

    /** A potential each of some banks. */
    private void potentials(int first, int end) {
        int busiest = busiestPotentials;
        for (int bank = first; bank < end; bank++) {
            busiest = Math.max(busiest, ++potentialsInBank[bank]);
        }
        busiestPotentials = busiest;
    }

    private void word(int bank) {
        busiestWords = Math.max(busiestWords, ++wordsInBank[bank]);
        words++;
    }

    private void open() {
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(wordStamp, 0);
            stamp = 1;
        }
        Arrays.fill(potentialsInBank, 0);
        Arrays.fill(wordsInBank, 0);
        busiestPotentials = 0;
        busiestWords = 0;
    }

    private void close() {
        if (groupSize > 0) {
            int forPotentials = Math.ceilDiv(busiestPotentials, ports) * updateCycles;
            int group = Math.max(forPotentials, Math.ceilDiv(busiestWords, format.ports()));
            cycles += group;
            potentialStalls += forPotentials - updateCycles;
            weightStalls += group - forPotentials;
            groupSize = 0;
        }
    }
}
