package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import metronome.core.code.TemporalCode;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is a probe told of all that a run counts, of each stream by itself, and by both engines alike? */
class ProbeTest {
    private static final long SEED = 77;
    private static final int CASES = 40;

    private record Told(List<ChipEvent> events, MachineRun run) {
        static Told of(Program program, RandomCase c, Engine engine, Set<EventStream> streams, int window) {
            List<ChipEvent> events = new ArrayList<>();
            Probe probe = new Probe(streams, window, events::add);
            return new Told(events, new Machine(program, c.target(), engine).withProbe(probe).run(c.input()));
        }

        <E extends ChipEvent> List<E> all(Class<E> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private interface Check {
        void of(Told told, Program program, RandomCase c, String where);
    }

    private static void forCases(Engine engine, Check check) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < CASES; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = c.compile();
            check.of(Told.of(program, c, engine, EnumSet.allOf(EventStream.class), 1 + random.nextInt(2000)), program, c,
                    "seed " + SEED + ", case " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stallsAndActionsAddUpToTheCounts(Engine engine) {
        forCases(engine, (told, _, _, where) -> {
            Counts counts = told.run.counts();
            for (Component unit : Component.values()) {
                for (Stall cause : Stall.values()) {
                    assertEquals(counts.stallCycles(unit, cause), told.all(ChipEvent.StallRun.class).stream()
                            .filter(e -> e.unit() == unit && e.cause() == cause).mapToLong(ChipEvent.StallRun::cycles).sum(), where);
                }
            }
            for (int layer = 0; layer < counts.layers(); layer++) {
                int current = layer;
                for (Counter counter : Counter.values()) {
                    assertEquals(counts.of(layer, counter), told.all(ChipEvent.Actions.class).stream()
                            .filter(e -> e.layer() == current && e.counter() == counter).mapToLong(ChipEvent.Actions::count).sum(),
                            where);
                }
                assertEquals(counts.cycles(layer), told.all(ChipEvent.LayerTime.class).get(layer).cycles(), where);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void commandsAreThoseCountedAndAccessOpenRows(Engine engine) {
        Map<Command, Counter> counted = new EnumMap<>(Map.of(Command.ACTIVATE, Counter.ACTIVATES, Command.READ, Counter.READ_BURSTS,
                Command.WRITE, Counter.WRITE_BURSTS, Command.REFRESH, Counter.REFRESHES));
        forCases(engine, (told, _, _, where) -> {
            List<ChipEvent.DramCommand> commands = told.all(ChipEvent.DramCommand.class);
            for (int layer = 0; layer < told.run.counts().layers(); layer++) {
                int current = layer;
                counted.forEach((command, counter) -> assertEquals(told.run.counts().of(current, counter),
                        commands.stream().filter(e -> e.command() == command && e.layer() == current).count(), where));
            }
            Map<Integer, Integer> open = new java.util.HashMap<>();
            for (ChipEvent.DramCommand e : commands) {
                int bank = e.channel() * 1000 + e.bank();
                switch (e.command()) {
                    case ACTIVATE -> open.put(bank, e.row());
                    case READ, WRITE -> assertEquals(open.get(bank), e.row(), where);
                    case PRECHARGE -> assertEquals(open.remove(bank), e.row(), where);
                    default -> open.keySet().removeIf(b -> b / 1000 == e.channel());
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void eachInstructionIsDispatchedIssuedAndRetiredInThisOrder(Engine engine) {
        forCases(engine, (told, program, c, where) -> {
            Map<Integer, List<ChipEvent.Progress>> byNumber = told.all(ChipEvent.Progress.class).stream()
                    .collect(Collectors.groupingBy(ChipEvent.Progress::number));
            for (int i = 0; i < program.cores().getFirst().size(); i++) {
                List<ChipEvent.Progress> of = byNumber.get(i).stream().sorted(java.util.Comparator.comparing(ChipEvent.Progress::phase))
                        .toList();
                boolean end = i == program.cores().getFirst().size() - 1;
                assertEquals(end ? List.of(Phase.DISPATCHED) : List.of(Phase.values()),
                        of.stream().map(ChipEvent.Progress::phase).toList(), where);
                if (!end) {
                    assertTrue(of.get(0).cycle() < of.get(1).cycle() && of.get(1).cycle() <= of.get(2).cycle(), where);
                    assertEquals(program.cores().getFirst().get(i).unit().name(), of.get(1).unit().name(), where);
                    assertEquals(program.cores().getFirst().get(i).control().layer(), of.get(2).layer(), where);
                }
            }
        });
    }

    /** Every cycle between issue and retirement is busy or stalled. */
    @ParameterizedTest
    @EnumSource
    void busyCyclesAreThoseOfInstructionsLessTheStallsWithin(Engine engine) {
        forCases(engine, (told, _, _, where) -> {
            for (Component unit : Component.values()) {
                List<ChipEvent.Progress> own = told.all(ChipEvent.Progress.class).stream().filter(e -> e.unit() == unit).toList();
                long occupied = own.stream().mapToLong(e -> switch (e.phase()) {
                    case DISPATCHED -> 0;
                    case ISSUED -> -e.cycle();
                    case RETIRED -> e.cycle() + 1;
                }).sum();
                long stalled = told.all(ChipEvent.StallRun.class).stream().filter(e -> e.unit() == unit && e.cause() != Stall.SEMAPHORE)
                        .mapToLong(ChipEvent.StallRun::cycles).sum();
                if (unit != Component.SEQUENCER) {
                    assertEquals(told.run.counts().busyCycles(unit), occupied - stalled, where + " " + unit);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void spikesAreThoseOfTheRun(Engine engine) {
        forCases(engine, (told, _, _, where) -> {
            int[][] steps = new int[told.run.steps().length][];
            java.util.Arrays.setAll(steps, l -> new int[told.run.steps()[l].length]);
            for (int[] layer : steps) {
                java.util.Arrays.fill(layer, TemporalCode.SILENT);
            }
            told.all(ChipEvent.Spike.class).forEach(e -> steps[e.layer()][e.neuron()] = e.step());
            assertTrue(java.util.Arrays.deepEquals(told.run.steps(), steps), where);
        });
    }

    /** No event of a window comes before those of an earlier one; no run goes beyond its window; a probe changes no count. */
    @Test
    void eventsComeByWindowStreamAndCycle() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < CASES; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = c.compile();
            int window = 1 + random.nextInt(500);
            String where = "seed " + SEED + ", case " + i;
            Told told = Told.of(program, c, Engine.FAST, EnumSet.allOf(EventStream.class), window);
            Map<EventStream, Long> last = new EnumMap<>(EventStream.class);
            for (ChipEvent e : told.events) {
                assertTrue(last.getOrDefault(e.stream(), 0L) <= e.cycle(), where + " " + e);
                last.put(e.stream(), e.cycle());
                if (e instanceof ChipEvent.StallRun run) {
                    assertEquals(run.cycle() / window, (run.cycle() + run.cycles() - 1) / window, where);
                }
            }
            assertEquals(Optional.empty(), new Machine(program, c.target()).run(c.input()).counts().difference(told.run.counts()));
        }
    }

    @Test
    void aStreamByItselfIsAsAmongOthers() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int i = 0; i < CASES; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = c.compile();
            Told all = Told.of(program, c, Engine.FAST, EnumSet.allOf(EventStream.class), 1000);
            for (EventStream stream : EventStream.values()) {
                Told alone = Told.of(program, c, Engine.FAST, EnumSet.of(stream), 1000);
                assertEquals(all.events.stream().filter(e -> e.stream() == stream).toList(), alone.events,
                        "seed " + (SEED + 1) + ", case " + i + ", " + stream);
            }
        }
    }

    @Test
    void bothEnginesTellTheSameOfManyCores() {
        SplittableRandom random = new SplittableRandom(SEED);
        long events = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase c = ManyCoresTest.chain(random);
            Target target = ManyCoresTest.withMesh(c.target(), random).with(TargetField.SPIKE_BLOCKS, "8192");
            RandomCase on = new RandomCase(c.network(), target, c.input());
            Program program = SpikingCompiler.compile(c.network(), target, SpikePlacement.AUTO, Partition.CHANNEL, LayerSchedule.AUTO);
            Told reference = Told.of(program, on, Engine.REFERENCE, EnumSet.allOf(EventStream.class), 700);
            assertEquals(reference.events, Told.of(program, on, Engine.FAST, EnumSet.allOf(EventStream.class), 700).events,
                    "seed " + SEED + ", case " + i);
            events += reference.events.stream().filter(e -> e instanceof ChipEvent.Progress p && p.core() > 0).count();
        }
        assertTrue(events > 0);
    }
}
