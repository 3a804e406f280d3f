package metronome.hwmodel.dram;

import java.util.stream.IntStream;

/**
 * The DRAM behind the chip with its controller, ticked once a core cycle; timing only, the data live elsewhere.
 *
 * <p>In a core cycle its user may ask {@link #accepts} and {@link #request} as often as there is room, calls
 * {@link #tick} once, and takes what has ended from {@link #completed} until that is -1. The rules DRAM-1 to DRAM-11 of
 * docs/dram.md say to the cycle when that is. The same calls give the same answers. Not safe for several threads.
 */
public final class Dram {
    private final AddressMap map;
    private final Channel[] channels;
    private final CoreClock clock;
    private final DramTiming timing;
    private final boolean watched;
    private final Foresight foresight;
    private long now = -1;
    /** Before this no channel sends a command, unless a request comes. */
    private long wake;
    /** When the next burst ends. */
    private long end = Long.MAX_VALUE;
    private boolean madeRoom;

    record Listeners(DramCounter counter, CommandObserver observer) {
    }

    /**
     * Creates a DRAM with all rows closed, at the time of the first tick.
     *
     * @param device of which kind every channel is
     * @param clockMHz clock of the core, above 0
     * @param controller what was chosen about the controller
     * @param counter gets activates, bursts and refreshes
     */
    public Dram(DramDevice device, double clockMHz, Controller controller, DramCounter counter) {
        this(device, clockMHz, controller, counter, CommandObserver.NONE);
    }

    /**
     * Creates a DRAM whose command buses are watched.
     *
     * @param device of which kind every channel is
     * @param clockMHz clock of the core, above 0
     * @param controller what was chosen about the controller
     * @param counter gets activates, bursts and refreshes
     * @param observer gets every command
     */
    public Dram(DramDevice device, double clockMHz, Controller controller, DramCounter counter,
            CommandObserver observer) {
        watched = observer != CommandObserver.NONE;
        timing = device.timing();
        map = new AddressMap(device, controller.channels(), controller.order());
        clock = new CoreClock(clockMHz);
        Listeners listeners = new Listeners(counter, observer);
        channels = IntStream.range(0, controller.channels())
                .mapToObj(number -> new Channel(number, device, controller, listeners)).toArray(Channel[]::new);
        foresight = new Foresight(this, channels, clock, map);
    }

    /** {@return bytes that one request moves} */
    public int burstBytes() {
        return map.burstBytes();
    }

    /**
     * {@return the channel of an address}
     *
     * @param address in bytes, at least 0
     */
    public int channel(long address) {
        return map.channel(map.burst(address));
    }

    /**
     * {@return whether a channel has room for another request}
     *
     * @param channel as {@link #channel} has it
     */
    public boolean accepts(int channel) {
        return channels[channel].hasRoom(clock.next());
    }

    /**
     * Asks for one burst; it arrives at the time of the next tick (rule DRAM-2).
     *
     * @param burstAddress in bytes, a multiple of {@link #burstBytes}
     * @param write whether data go to the DRAM
     * @param layer to which its commands are counted
     * @param token by which the caller knows it again, at least 0
     * @throws IllegalStateException if the channel has no room
     * @throws IllegalArgumentException if address or token are not as they must be
     */
    public void request(long burstAddress, boolean write, int layer, long token) {
        int burst = map.burst(burstAddress);
        if (burstAddress < 0 || burst * (long) burstBytes() != burstAddress || token < 0) {
            throw new IllegalArgumentException("address must be a multiple of " + burstBytes()
                    + " and token at least 0: address=" + burstAddress + ", token=" + token);
        }
        Channel channel = channels[map.channel(burst)];
        long arrival = clock.next();
        if (!channel.hasRoom(arrival)) {
            throw new IllegalStateException("no room in the queue of channel " + map.channel(burst));
        }
        if (channel.serve(map.bank(burst), map.row(burst), write, layer, token, arrival)) {
            end = Math.min(end, channel.nextEnd());
        } else {
            channel.add(map.bank(burst), map.row(burst), write, layer, token, arrival);
            wake = Math.min(wake, arrival);
        }
    }

    /** {@return what it will do while one user alone asks} */
    public Foresight foresight() {
        return foresight;
    }

    /** From the column command of a burst to the end of its data. */
    long dataTime(boolean write) {
        return write ? timing.writeData() : timing.readData();
    }

    long now() {
        return now;
    }

    /** Whether somebody watches commands, so that each must be told. */
    boolean watched() {
        return watched;
    }

    /** Goes on after ticks that were foreseen. */
    void resume(long latest) {
        now = latest;
        lookAhead();
    }

    private void lookAhead() {
        wake = Long.MAX_VALUE;
        end = Long.MAX_VALUE;
        for (Channel channel : channels) {
            wake = Math.min(wake, channel.wake());
            end = Math.min(end, channel.nextEnd());
        }
    }

    /**
     * Lets one core cycle pass.
     *
     * @param currentLayer to which refreshes are counted
     */
    public void tick(int currentLayer) {
        now = clock.next();
        clock.advance();
        if (now >= wake) {
            for (Channel channel : channels) {
                if (channel.wake() <= now) {
                    channel.advance(now, currentLayer);
                    madeRoom |= channel.madeRoom();
                }
            }
            lookAhead();
        }
    }

    /** {@return whether a full queue has got room since this was last asked} */
    public boolean madeRoom() {
        boolean made = madeRoom;
        madeRoom = false;
        return made;
    }

    /**
     * {@return the token of the next burst that has ended by the latest tick, in order of their ends, or -1}
     */
    public long completed() {
        if (end > now) {
            return -1;
        }
        int first = 0;
        long earliest = Long.MAX_VALUE;
        long others = Long.MAX_VALUE;
        for (int i = 0; i < channels.length; i++) {
            long next = channels[i].nextEnd();
            if (next < earliest) {
                others = earliest;
                earliest = next;
                first = i;
            } else {
                others = Math.min(others, next);
            }
        }
        long token = channels[first].takeEnded();
        end = Math.min(others, channels[first].nextEnd());
        return token;
    }

    /**
     * {@return how many of the following core cycles certainly send no command and complete nothing, if no request comes;
     * 0 if the next one may} A lower bound just after a request, exact after a {@link #tick} (rule DRAM-11).
     */
    public long quiet() {
        return clock.ticksBefore(Math.min(wake, end));
    }

    /**
     * Lets core cycles pass in which nothing happens.
     *
     * @param cycles at most {@link #quiet}, at least 1
     */
    public void skip(long cycles) {
        clock.advance(cycles - 1);
        now = clock.next();
        clock.advance();
    }

    /** {@return whether nothing waits and nothing is under way (refresh goes on regardless)} */
    public boolean idle() {
        for (Channel channel : channels) {
            if (!channel.idle()) {
                return false;
            }
        }
        return true;
    }
}
