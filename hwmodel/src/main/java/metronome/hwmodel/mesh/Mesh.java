package metronome.hwmodel.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.unit.Bell;
import metronome.hwmodel.unit.Clocked;

/**
 * The network on chip. In the second phase of a cycle each core may {@link #send} one message, if it {@link #accepts} one,
 * and {@link #take} the one that it has {@link #received}; what others see of it, they see from the next cycle on. Every
 * message arrives exactly once at each of its cores, those from one core to another in the order in which they were sent.
 */
public final class Mesh extends Clocked {
    private final MeshParameters parameters;
    private final Counts counts;
    private final List<Router> routers = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Injector> injectors = new ArrayList<>();
    private final List<Link> receivers = new ArrayList<>();
    private final List<Bell> listeners = new ArrayList<>();
    private final List<IntConsumer> foretold = new ArrayList<>();
    private final Bell bell = new Bell();
    private final List<Integer> order;
    private long now;
    private long lastTaken = -1;
    private long lastMoved;
    private long outstanding;

    /**
     * Creates an empty mesh.
     *
     * @param parameters what it is like
     * @param counts gets flits, hops, copies, reads and writes of buffers
     */
    public Mesh(MeshParameters parameters, Counts counts) {
        this(parameters, counts, IntStream.range(0, parameters.grid().cores()).boxed().toList());
    }

    /** Moves the routers in that order, which makes no difference. */
    Mesh(MeshParameters parameters, Counts counts, List<Integer> order) {
        this.parameters = parameters;
        this.counts = counts;
        this.order = List.copyOf(order);
        for (int core = 0; core < parameters.grid().cores(); core++) {
            routers.add(new Router(parameters, counts));
            Link injection = link(0, core);
            Link ejection = link(0, core);
            injectors.add(new Injector(injection, parameters.messageFlits()));
            receivers.add(ejection);
            listeners.add(new Bell());
            foretold.add(_ -> { });
            routers.get(core).connect(Port.LOCAL, injection, ejection);
        }
        for (int core = 0; core < parameters.grid().cores(); core++) {
            connect(core, Port.EAST);
            connect(core, Port.SOUTH);
        }
    }

    private Link link(int cycles, int toCore) {
        Link link = new Link(cycles, new FlitBuffer(parameters, toCore, counts), parameters.bufferFlits());
        links.add(link);
        return link;
    }

    private void connect(int core, Port side) {
        if (parameters.grid().hasNeighbour(core, side)) {
            int other = parameters.grid().neighbour(core, side);
            Link there = link(parameters.linkCycles(), other);
            Link back = link(parameters.linkCycles(), core);
            routers.get(core).connect(side, back, there);
            routers.get(other).connect(side.opposite(), there, back);
        }
    }

    /** {@return where the cores lie} */
    public Grid grid() {
        return parameters.grid();
    }

    /**
     * {@return what is rung in each cycle at whose end a message has come for a core}
     *
     * @param core who receives
     */
    public Bell bellOf(int core) {
        return listeners.get(core);
    }

    /**
     * Has a core told of what will be sent to it.
     *
     * @param core who receives
     * @param told gets what senders {@link #foretell}
     */
    public void listen(int core, IntConsumer told) {
        foretold.set(core, told);
    }

    /**
     * Tells cores at once that messages will come, which costs nothing, as no chip does it: it lets a simulator know what is not going to
     * happen.
     *
     * @param cores who receives, one bit for each
     * @param what they are about
     */
    public void foretell(long cores, int what) {
        for (int core = 0; core < foretold.size(); core++) {
            if ((cores >> core & 1) != 0) {
                foretold.get(core).accept(what);
            }
        }
    }

    @Override
    public Bell bell() {
        return bell;
    }

    /**
     * {@return whether a core can send a message in this cycle}
     *
     * @param core who would send
     */
    public boolean accepts(int core) {
        return injectors.get(core).free();
    }

    /**
     * Sends a message; its flits enter the core's router one a cycle, from this cycle on (NOC-8).
     *
     * @param core who sends
     * @param message what
     * @throws IllegalStateException if the core cannot send
     * @throws IllegalArgumentException if the message goes to a core that is not there
     */
    public void send(int core, Message message) {
        if ((message.cores() & ~parameters.grid().all()) != 0) {
            throw new IllegalArgumentException("no such cores: " + Long.toHexString(message.cores()));
        }
        injectors.get(core).start(message);
        bell.ring();
        lastMoved = now;
        outstanding += Long.bitCount(message.cores());
        counts.count(message.layer(), Counter.FLITS, parameters.messageFlits());
    }

    /**
     * {@return the message that has been waiting for the core longest, if one has come with its last flit}
     *
     * @param core who receives
     */
    public Optional<Message> received(int core) {
        FlitBuffer buffer = receivers.get(core).buffer();
        return buffer.isEmpty() || !buffer.head().complete() ? Optional.empty() : Optional.of(buffer.head().message());
    }

    /**
     * Takes the message that has been waiting longest; what it leaves free counts from the next cycle on.
     *
     * @param core who receives
     * @throws java.util.NoSuchElementException if none has come
     */
    public void take(int core) {
        Message message = received(core).orElseThrow();
        receivers.get(core).buffer().remove();
        for (int flit = 0; flit < parameters.messageFlits(); flit++) {
            receivers.get(core).release(now);
        }
        counts.count(message.layer(), Counter.BUFFER_READS, parameters.messageFlits());
        outstanding--;
        lastTaken = now;
    }

    @Override
    public boolean tick() {
        boolean moved = links.stream().anyMatch(Link::carries) || injectors.stream().anyMatch(Injector::busy);
        for (int core : order) {
            moved |= routers.get(core).tick(now);
        }
        if (moved) {
            lastMoved = now;
        }
        return outstanding > 0 && now <= lastMoved + parameters.routerCycles() + parameters.linkCycles();
    }

    @Override
    public void commit() {
        injectors.forEach(injector -> injector.commit(now));
        links.forEach(link -> link.commit(now));
        for (int core = 0; core < listeners.size(); core++) {
            if (received(core).isPresent()) {
                listeners.get(core).ring();
            }
        }
        now++;
    }

    /** Nothing is under way once every message is taken and the last credit is back. */
    @Override
    public long quiet() {
        return outstanding == 0 && now > lastTaken + parameters.linkCycles() ? FOREVER : 0;
    }

    @Override
    public void skip(long cycles) {
        now += cycles;
    }
}
