package metronome.traces.analysis;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import metronome.core.io.DataException;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;

/**
 * What the controller sent to the DRAM, by layer. A burst is a row hit unless it is the first from a row that was opened for it.
 */
public final class DramTally {
    private static final int COMMANDS = Command.values().length;

    private final Limits limits;
    private final long[][] commands;
    private final long[] hits;
    private final boolean[][] fresh;
    private final long[] read;
    private final long[] written;
    private final long cycles;
    private final long width;
    private boolean drawn;

    DramTally(Limits limits, int layers, long cycles, long width) {
        this.limits = limits;
        this.commands = new long[layers][COMMANDS];
        this.hits = new long[layers];
        this.fresh = new boolean[limits.channels()][limits.banks()];
        this.cycles = cycles;
        this.width = width;
        this.read = new long[Math.toIntExact(Math.ceilDiv(cycles, width))];
        this.written = new long[read.length];
    }

    /** An image begins, with all rows closed. */
    void begin(boolean first) {
        drawn = first;
        for (boolean[] channel : fresh) {
            java.util.Arrays.fill(channel, false);
        }
    }

    void accept(ChipEvent.DramCommand event) {
        if (event.channel() < 0 || event.channel() >= fresh.length || event.bank() < 0 || event.bank() >= limits.banks()) {
            throw new DataException("a command is for bank " + event.bank() + " of channel " + event.channel() + ", expected one of "
                    + limits.banks() + " banks of " + fresh.length + " channels");
        }
        commands[event.layer()][event.command().ordinal()]++;
        boolean[] banks = fresh[event.channel()];
        if (event.command() == Command.ACTIVATE) {
            banks[event.bank()] = true;
        } else if (event.command().column()) {
            hits[event.layer()] += banks[event.bank()] ? 0 : 1;
            banks[event.bank()] = false;
            draw(event);
        }
    }

    private void draw(ChipEvent.DramCommand event) {
        if (drawn && event.cycle() >= 0 && event.cycle() < cycles) {
            (event.command() == Command.READ ? read : written)[(int) (event.cycle() / width)] += limits.burstBytes();
        }
    }

    /**
     * {@return how many commands of a kind there were for a layer}
     *
     * @param layer which
     * @param command which
     */
    public long commands(int layer, Command command) {
        return commands[layer][command.ordinal()];
    }

    /**
     * {@return how many commands of a kind there were}
     *
     * @param command which
     */
    public long commands(Command command) {
        return java.util.Arrays.stream(commands).mapToLong(of -> of[command.ordinal()]).sum();
    }

    /**
     * {@return which share of a layer's bursts found their row open; empty if there were none}
     *
     * @param layer which
     */
    public OptionalDouble hitRate(int layer) {
        return share(hits[layer], bursts(layer));
    }

    /** {@return which share of all bursts found their row open; empty if there were none} */
    public OptionalDouble hitRate() {
        return share(LongStream.of(hits).sum(), bursts());
    }

    private static OptionalDouble share(long part, long of) {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / of);
    }

    private long bursts(int layer) {
        return commands(layer, Command.READ) + commands(layer, Command.WRITE);
    }

    private long bursts() {
        return commands(Command.READ) + commands(Command.WRITE);
    }

    /**
     * {@return bytes that bursts of a layer moved}
     *
     * @param layer which
     */
    public long bytes(int layer) {
        return bursts(layer) * limits.burstBytes();
    }

    /** {@return bytes that all bursts moved} */
    public long bytes() {
        return bursts() * limits.burstBytes();
    }

    /** {@return bytes read in the first image, by bin} */
    public long[] read() {
        return read;
    }

    /** {@return bytes written in the first image, by bin} */
    public long[] written() {
        return written;
    }
}
