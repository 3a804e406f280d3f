package metronome.hwmodel.dram;

import java.util.ArrayList;
import java.util.List;

/**
 * The DRAM behind the chip with its controller, ticked once a core cycle; timing only, the data live elsewhere.
 *
 * <p>In a core cycle its user may ask {@link #accepts} and {@link #request} as often as there is room, calls
 * {@link #tick} once, and takes what has ended from {@link #completed} until that is -1. The rules DRAM-1 to DRAM-11 of
 * docs/dram.md say to the cycle when that is. The same calls give the same answers. Not safe for several threads.
 */
public final class Dram {
    private final AddressMap map;
    private final List<Channel> channels = new ArrayList<>();
    private final CoreClock clock;
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
        map = new AddressMap(device, controller.channels(), controller.order());
        clock = new CoreClock(clockMHz);
        Listeners listeners = new Listeners(counter, observer);
        for (int channel = 0; channel < controller.channels(); channel++) {
            channels.add(new Channel(channel, device, controller, listeners));
        }
    }

    /** {@return bytes that one request moves} */
    public int burstBytes() {
        return map.burstBytes();
    }

    /**
     * {@return whether the channel of that address has room for another request}
     *
     * @param address in bytes, at least 0
     */
    public boolean accepts(long address) {
        return channels.get(map.channel(map.burst(address))).hasRoom();
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
        if (burstAddress < 0 || burstAddress % burstBytes() != 0 || token < 0) {
            throw new IllegalArgumentException("address must be a multiple of " + burstBytes()
                    + " and token at least 0: address=" + burstAddress + ", token=" + token);
        }
        int burst = map.burst(burstAddress);
        Channel channel = channels.get(map.channel(burst));
        if (!channel.hasRoom()) {
            throw new IllegalStateException("no room in the queue of channel " + map.channel(burst));
        }
        channel.add(map.bank(burst), map.row(burst), write, layer, token, clock.next());
        wake = Math.min(wake, clock.next());
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
            wake = Long.MAX_VALUE;
            for (Channel channel : channels) {
                channel.advance(now, currentLayer);
                madeRoom |= channel.madeRoom();
                wake = Math.min(wake, channel.wake());
            }
            end = nextEnd();
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
        Channel first = channels.getFirst();
        for (Channel channel : channels) {
            if (channel.nextEnd() < first.nextEnd()) {
                first = channel;
            }
        }
        long token = first.takeEnded();
        end = nextEnd();
        return token;
    }

    private long nextEnd() {
        long next = Long.MAX_VALUE;
        for (Channel channel : channels) {
            next = Math.min(next, channel.nextEnd());
        }
        return next;
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
        return channels.stream().allMatch(Channel::idle);
    }
}
