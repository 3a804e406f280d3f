package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.mesh.MeshParameters;
import metronome.isa.assembly.Assembler;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules CORE-1 to CORE-5: the input goes from one core to others and from there to DRAM. */
class ExchangeTimingTest {
    private static final Shape SHAPE = new Shape(5, 1, 1);
    /** Code of core 0; each core's is in one burst. */
    private static final int CODE = 0x5000;
    private static final int[] SPIKES = {0, 2, 0, -1, 0};
    private static final String LOAD = "load.spikes region=3 steps=3 dram=0x4000 signal0=1";
    private static final String STORE = "store.spikes region=9 steps=3 wait0=2";

    private static Target target(int columns, int flitBits, int router, int link) {
        return Target.preset().with(TargetField.MESH_COLUMNS, "" + columns).with(TargetField.FLIT_BITS, "" + flitBits)
                .with(TargetField.ROUTER_CYCLES, "" + router).with(TargetField.LINK_CYCLES, "" + link)
                .with(TargetField.MESH_BUFFER, "64");
    }

    private static List<Instruction> code(String... lines) {
        return List.of(lines).stream().map(Assembler::instruction).toList();
    }

    @SafeVarargs
    private static MachineRun run(Target target, List<Instruction>... cores) {
        List<Integer> addresses = IntStream.range(0, cores.length).mapToObj(core -> CODE + 0x100 * core).toList();
        ProgramMap map = new ProgramMap("exchange", ProgramMap.Kind.SPIKING_LAST_SPIKE, 3, SHAPE,
                List.of(new ProgramMap.Band(0, 1, 0x4000)), 0, addresses,
                List.of(new ProgramMap.Layer("input", SHAPE, true)), 0x8000);
        return new Machine(new Program(map, TargetWriter.hash(target), List.of(cores), 0x4800, new byte[0]), target,
                Engine.all())
                .run(SPIKES);
    }

    @ParameterizedTest
    @CsvSource({"2, 64, 1, 1", "2, 64, 3, 2", "4, 64, 2, 1", "3, 128, 2, 4"})
    void aListGoesFromCoreToCore(int columns, int flitBits, int router, int link) {
        Target target = target(columns, flitBits, router, link);
        int to = columns - 1;
        String send = "send.spikes region=3 destination=9 firstColumn=" + to + " columns=1 rows=1 wait0=1";
        List<Instruction> receiver = code("receive.spikes region=9 senders=1 signal0=2", STORE + " signal0=4", "end wait0=4");
        List<Instruction> idle = code("end");
        MachineRun run = switch (columns) {
            case 2 -> run(target, code(LOAD, send, "end"), receiver);
            case 3 -> run(target, code(LOAD, send, "end"), idle, receiver);
            default -> run(target, code(LOAD, send, "end"), idle, idle, receiver);
        };
        assertArrayEquals(SPIKES, run.output());
        Counts sender = run.cores().getFirst();
        long sending = (3 + 1) + (1 + 1) + 1;
        assertEquals(1 + sending, sender.busyCycles(Component.MESH), "CORE-4");
        assertEquals(0, sender.stallCycles(Component.MESH, Stall.MESH));
        long taken = 2 + fetching(run, 0) + sender.stallCycles(Component.MESH, Stall.SEMAPHORE);
        long arrived = taken + sending + MeshParameters.of(target).latency(0, to);
        assertEquals(2, run.cores().get(to).busyCycles(Component.MESH));
        assertEquals(arrived - fetching(run, to), run.cores().get(to).stallCycles(Component.MESH, Stall.MESH),
                "CORE-5: from the cycle after the dispatch on");
        assertEquals(4, run.cores().get(to).total(Counter.SPIKE_WRITES));
        assertEquals(4, sender.total(Counter.SPIKE_READS));
        assertEquals(5, run.counts().total(Counter.FLITS));
        assertEquals(5L * to, run.counts().total(Counter.HOPS));
        assertEquals(columns * run.counts().cycles(), run.cores().stream().mapToLong(c -> c.busyCycles(Component.SEQUENCER)
                + c.stallCycles(Component.SEQUENCER, Stall.SEMAPHORE) + c.stallCycles(Component.SEQUENCER, Stall.FETCH)
                + c.idleCycles(Component.SEQUENCER)).sum(), "CORE-1");
    }

    private static long fetching(MachineRun run, int core) {
        return run.cores().get(core).stallCycles(Component.SEQUENCER, Stall.FETCH);
    }

    @Test
    void longMessagesHoldTheSenderUp() {
        MachineRun run = run(target(2, 13, 2, 1), code(LOAD,
                "send.spikes region=3 destination=9 firstColumn=1 columns=1 rows=1 wait0=1", "end"),
                code("receive.spikes region=9 senders=1 signal0=2", STORE + " signal0=4", "end wait0=4"));
        assertArrayEquals(SPIKES, run.output());
        assertEquals(3 + 3 + 2 + 3, run.cores().getFirst().stallCycles(Component.MESH, Stall.MESH),
                "a message of four flits every four cycles; the event of step 2 comes into the register meanwhile");
    }

    @Test
    void aCoreSendsToItselfAndOthers() {
        MachineRun run = run(target(2, 64, 2, 1), code(LOAD,
                "send.spikes region=3 destination=9 columns=2 rows=1 wait0=1",
                "receive.spikes region=9 senders=1 signal0=2", STORE + " signal0=4", "end wait0=4"),
                code("receive.spikes region=9 senders=1 signal0=2", "store.spikes region=9 steps=3 dram=0x2000 wait0=2 signal0=4",
                        "end wait0=4"));
        assertArrayEquals(SPIKES, run.output());
        assertEquals(5, run.counts().total(Counter.REPLICATIONS));
    }

    /** No compiler would let a list be read that still grows; both engines read as much of it as has come by then. */
    @Test
    void whatArrivesWhileItIsReadIsSeenByBothEngines() {
        Set<Long> stored = new TreeSet<>();
        for (int link = 1; link <= 16; link++) {
            String delay = "load.weights bytes=64 signal0=1";
            List<Instruction> receiver = code("load.spikes region=9 steps=3 dram=0x4000", delay,
                    "store.spikes region=9 steps=3 dram=0x2000 wait0=1 signal0=4", "receive.spikes region=9 senders=1 wait0=4 signal0=5",
                    "end wait0=5");
            MachineRun run = run(target(4, 64, 1, link), code(LOAD,
                    "send.spikes region=3 destination=9 firstColumn=3 columns=1 rows=1 wait0=1", "end"), code("end"), code("end"),
                    receiver);
            stored.add(run.cores().getLast().total(Counter.SPIKE_READS));
        }
        assertTrue(stored.stream().anyMatch(events -> events > 4 && events < 8), "some events come too late: " + stored);
    }

    /** CORE-2: both cores ask for code and for the list in the same cycle; the first one's bursts go first. */
    @Test
    void theLowerCoreGoesFirst() {
        List<Instruction> alone = code(LOAD, "end wait0=1");
        MachineRun one = run(target(2, 64, 2, 1), alone);
        MachineRun two = run(target(2, 64, 2, 1), alone, alone);
        assertEquals(one.cores().getFirst().stallCycles(Component.LOAD, Stall.DRAM_QUEUE),
                two.cores().getFirst().stallCycles(Component.LOAD, Stall.DRAM_QUEUE));
        assertEquals(fetching(one, 0), fetching(two, 0));
        assertTrue(fetching(two, 1) > fetching(two, 0), "waits for the bus");
        assertTrue(two.counts().cycles() > one.counts().cycles());
    }

    @Test
    void whatCannotBeIsRefused() {
        String send = "send.spikes region=3 destination=9 firstColumn=1 columns=1 rows=1";
        assertTrue(refusal(Target.preset(), code(send, "end")).contains("a chip of one core has no mesh"));
        assertTrue(refusal(Target.preset(), code("end"), code("end")).contains("for 2 cores, the target has 1"));
        assertTrue(refusal(target(2, 64, 1, 1), code(send, "end")).contains("are not all cores that have code"));
        assertTrue(refusal(target(2, 64, 1, 1), code("send.spikes region=3 destination=9 firstColumn=2 columns=1 rows=1",
                "end"), code("end")).contains("are not all cores"));
        assertTrue(refusal(target(2, 64, 1, 1), code("end"), code("receive.spikes region=9 senders=1", "end"))
                .contains("core 1: sequencer: at instruction 1 of 2"));
    }

    @SafeVarargs
    private static String refusal(Target target, List<Instruction>... cores) {
        return assertThrows(DataException.class, () -> run(target, cores)).getMessage();
    }
}
