package metronome.hwmodel.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import java.util.zip.Checksum;
import metronome.core.io.DataException;

/**
 * The spike buffer: regions whose events are ordered by step. For each region and step a chain of blocks holds the
 * events in the order of their arrival (rule MEM-3). Reading and writing have a port each.
 */
public final class SpikeBuffer {
    /** How many regions can be told apart. */
    public static final int REGIONS = 32;

    private static final EventList NONE = new EventList();

    private final int blocks;
    private final int perBlock;
    private final int steps;
    private final EventList[][] chains = new EventList[REGIONS][];
    /** Lists of released regions, to be used again. */
    private final Deque<EventList[]> spare = new ArrayDeque<>();
    private final StagedEvents staged = new StagedEvents();
    private final StagedEvents.Run append = this::append;
    private final SharedPort readPort = new SharedPort();
    private final SharedPort writePort = new SharedPort();
    private final int[] written = new int[SharedPort.User.values().length];
    /** The last step of each region that is closed, before this cycle and after. */
    private final int[] closed = new int[REGIONS];
    private final int[] releases = new int[REGIONS];
    private final int[] closing = new int[REGIONS];
    private boolean closes;
    private int usedBlocks;

    /**
     * Creates an empty buffer.
     *
     * @param blocks how many there are
     * @param perBlock events in each
     * @param steps last step T of a window
     */
    public SpikeBuffer(int blocks, int perBlock, int steps) {
        this.blocks = blocks;
        this.perBlock = perBlock;
        this.steps = steps;
        Arrays.fill(closed, -1);
        Arrays.fill(closing, -1);
    }

    /** {@return the last step T of a window} */
    public int steps() {
        return steps;
    }

    /** {@return the port through which events are read, one a cycle} */
    public SharedPort readPort() {
        return readPort;
    }

    /** {@return the port through which events are written, as many a cycle as the arbiter is wide} */
    public SharedPort writePort() {
        return writePort;
    }

    /**
     * {@return how many events a region holds at a step}
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     */
    public int size(int region, int step) {
        return chains[region] == null ? 0 : chains[region][step].size();
    }

    /**
     * {@return an event}
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     * @param index in the order of arrival
     * @throws DataException if the region was released since it was known that it holds the event
     */
    public int event(int region, int step, int index) {
        if (chains[region] == null) {
            throw new DataException("region " + region + " of the spike buffer was released while somebody read it");
        }
        return chains[region][step].get(index);
    }

    /**
     * {@return the events of a region at a step, in the order of arrival; shared}
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     */
    public EventList events(int region, int step) {
        return chains[region] == null ? NONE : chains[region][step];
    }

    /**
     * Says that a unit writes to a region until it ends.
     *
     * @param user which
     * @param region in [0, 32)
     */
    public void beginWriting(SharedPort.User user, int region) {
        written[user.ordinal()] = 1 << region;
        writePort.enter(user);
    }

    /**
     * Says to which regions somebody may write in any cycle from the next one on.
     *
     * @param user who
     * @param regions one bit for each; none if that is over
     */
    public void mayWrite(SharedPort.User user, int regions) {
        written[user.ordinal()] = regions;
        writePort.leave(user);
        if (regions != 0) {
            writePort.enter(user);
        }
    }

    /**
     * Says that a unit has ended an instruction that read or wrote.
     *
     * @param user which
     */
    public void end(SharedPort.User user) {
        written[user.ordinal()] = 0;
        readPort.leave(user);
        writePort.leave(user);
    }

    /**
     * {@return whether a unit writes to a region}
     *
     * @param region in [0, 32)
     */
    public boolean beingWritten(int region) {
        int all = 0;
        for (int regions : written) {
            all |= regions;
        }
        return (all >> region & 1) != 0;
    }

    /** {@return whether who reads or writes, or a plan to read, has changed since it {@link #settled}} */
    public boolean stirred() {
        return readPort.stirred() || writePort.stirred();
    }

    /** Says that changes have been looked at. */
    public void settled() {
        readPort.settled();
        writePort.settled();
    }

    /**
     * Appends an event; it can be read from the next cycle on.
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     * @param event any
     */
    public void write(int region, int step, int event) {
        staged.add(region, step, event);
    }

    /**
     * Appends some events of a list.
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     * @param from the list
     * @param first index of the first
     * @param end one past the index of the last, above the first
     */
    public void write(int region, int step, EventList from, int first, int end) {
        staged.add(region, step, from, first, end);
    }

    /**
     * Appends events that lie one after the other in a memory.
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     * @param from the memory
     * @param address of the first
     * @param count how many, at least 1
     */
    public void write(int region, int step, Storage from, int address, int count) {
        staged.add(region, step, from, address, count);
    }

    /**
     * Says that the events of a region up to a step are all there from the next cycle on (rule FIRE-4).
     *
     * @param region in [0, 32)
     * @param step in [0, T]
     */
    public void close(int region, int step) {
        closing[region] = step;
        closes = true;
    }

    /**
     * {@return the last step of a region whose events, and those of the steps before, were closed before this cycle; -1 if
     * none}
     *
     * @param region in [0, 32)
     */
    public int closed(int region) {
        return closed[region];
    }

    /**
     * {@return how often a region was released}
     *
     * @param region in [0, 32)
     */
    public int releases(int region) {
        return releases[region];
    }

    /**
     * Gives a region's blocks back.
     *
     * @param region in [0, 32)
     */
    public void release(int region) {
        releases[region]++;
        closed[region] = -1;
        closing[region] = -1;
        if (chains[region] != null) {
            for (EventList chain : chains[region]) {
                usedBlocks -= Math.ceilDiv(chain.size(), perBlock);
                chain.clear();
            }
            spare.push(chains[region]);
            chains[region] = null;
        }
    }

    /**
     * Lets cycles pass in which nobody who is awake reads or writes.
     *
     * @param cycles how many
     */
    public void skip(long cycles) {
        readPort.skip(cycles);
        writePort.skip(cycles);
    }

    /**
     * Ends the cycle: makes visible what was written.
     *
     * @throws DataException if it does not fit
     */
    public void commit() {
        readPort.commit();
        writePort.commit();
        if (closes) {
            System.arraycopy(closing, 0, closed, 0, REGIONS);
            closes = false;
        }
        staged.drain(append);
    }

    /** Appends some of the staged events. */
    private void append(int region, int step, int[] events, int from, int end) {
        if (chains[region] == null) {
            chains[region] = spare.isEmpty() ? Stream.generate(EventList::new).limit(steps + 1).toArray(EventList[]::new)
                    : spare.pop();
        }
        EventList chain = chains[region][step];
        int size = chain.size();
        usedBlocks += Math.ceilDiv(size + end - from, perBlock) - Math.ceilDiv(size, perBlock);
        if (usedBlocks > blocks) {
            throw new DataException("the spike buffer is full: region " + region + ", step " + step
                    + " needs a block more than its " + blocks + " (spikes.blocks)");
        }
        chain.addAll(events, from, end);
    }

    /**
     * Adds the events of all regions to a checksum, by region, step and order of arrival.
     *
     * @param sum to which
     */
    public void digest(Checksum sum) {
        for (EventList[] region : chains) {
            sum.update(region == null ? 0 : 1);
            for (int k = 0; region != null && k <= steps; k++) {
                region[k].digest(sum);
            }
        }
    }
}
