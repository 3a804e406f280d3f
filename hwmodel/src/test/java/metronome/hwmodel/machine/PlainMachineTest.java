package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.soak.PlainCase;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.assembly.Assembler;
import metronome.isa.assembly.Disassembler;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do networks whose neurons compare at every step run on the machine as their oracle says, in every mode? */
class PlainMachineTest {
    private static final int CASES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63})
    void trainsEqualTheOracles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long spikes = 0;
        int decided = 0;
        for (int i = 0; i < CASES; i++) {
            PlainCase c = PlainCase.of(random);
            String where = "seed " + seed + ", case " + i + ": " + c.network().layers() + " " + c.target().texts();
            PlainSimulator.Result expected = new PlainSimulator(c.network()).run(c.input());
            if (expected.saturations() > 0) {
                continue;
            }
            Program program = PlainCompiler.compile(c.network(), c.target());
            TrainRun run = new Machine(program, c.target()).run(c.input());
            for (int l = 0; l < expected.trains().size(); l++) {
                assertEquals(expected.trains().get(l).sorted(), run.trains().get(l + 1).sorted(), where + ", layer " + l);
                spikes += expected.trains().get(l).spikes();
            }
            assertEquals(expected.output().sorted(), run.output().sorted(), where);
            decided += c.network().readout() == PlainReadout.LOWEST_POTENTIAL ? 1 : 0;
            assertArrayEquals(ProgramFile.encode(program),
                    ProgramFile.encode(Assembler.assemble(Disassembler.disassemble(program))));
        }
        assertTrue(spikes > 1000 && decided > 20, "hardly any spikes, or read-outs: " + spikes + ", " + decided);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72})
    void enginesOrderAndReplayAgree(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            PlainCase c = PlainCase.of(random);
            String where = "seed " + seed + ", case " + i;
            Program program = PlainCompiler.compile(c.network(), c.target());
            TrainRun run = new Machine(program, c.target()).run(c.input());
            TrainRun fast = new Machine(program, c.target(), Engine.FAST).run(c.input());
            ReplayTest.assertEqualCounts(run.counts(), fast.counts(), where);
            assertEquals(run.trains(), fast.trains(), where);
            assertEquals(run.output(), fast.output(), where);
            Chip chip = new Chip(ProgramImage.of(program), c.target(), Engine.REFERENCE.dataPath(Sharing.NONE),
                    ProgramImage.of(program).memory());
            Collections.shuffle(chip.components(), new Random(seed + i));
            HostMemory.putSpikes(chip.memory(), program.map(), c.input());
            new ReferenceEngine(chip).run(Long.MAX_VALUE);
            ReplayTest.assertEqualCounts(run.counts(), chip.trains(c.input()).counts(), where + ", shuffled");
            replay(c, run, PlainCase.target(random, c.network()), where);
        }
    }

    /** An input may come as several spikes at a step, as many in all as the list has room for. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 81)
    void inputsMaySpikeSeveralTimesAtAStep(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int compared = 0;
        for (int i = 0; i < CASES; i++) {
            PlainCase c = PlainCase.of(random);
            int room = c.network().input().size() * c.input().neurons().length;
            int[][] burst = new int[c.input().neurons().length][0];
            burst[random.nextInt(burst.length)] = random.ints(room, 0, c.network().input().size()).toArray();
            SpikeTrain input = new SpikeTrain(burst);
            PlainSimulator.Result expected = new PlainSimulator(c.network()).run(input);
            Machine machine = new Machine(PlainCompiler.compile(c.network(), c.target()), c.target(), Engine.all());
            if (expected.saturations() == 0) {
                assertEquals(expected.output().sorted(), machine.run(input).output().sorted(), "seed " + seed + ", case " + i);
                compared++;
            }
            burst[0] = Arrays.copyOf(burst[0], burst[0].length + 1);
            assertEquals("layer input: " + (room + 1) + " spikes, expected at most " + room + ", as many as neurons at all steps",
                    assertThrows(DataException.class, () -> machine.run(new SpikeTrain(burst))).getMessage());
        }
        assertTrue(compared > CASES / 2, "compared only " + compared);
    }

    private static void replay(PlainCase c, TrainRun run, Target other, String where) {
        Program program = PlainCompiler.compile(c.network(), other);
        Machine machine = new Machine(program, other);
        boolean eachEvent = c.network().layers().stream()
                .anyMatch(l -> l.neuron().comparison() == PlainNeuron.Comparison.EACH_EVENT);
        if (!eachEvent) {
            TrainRun full = machine.run(c.input());
            TrainRun replayed = machine.replay(run.trains());
            ReplayTest.assertEqualCounts(full.counts(), replayed.counts(), where + ", replayed");
            if (c.network().readout() == PlainReadout.SPIKES) {
                assertEquals(full.output(), replayed.output(), where);
            }
        } else if (run.counts().total(Counter.EVENTS) > c.input().spikes()) {
            String message = assertThrows(DataException.class, () -> replayAll(machine, run)).getMessage();
            assertTrue(message.startsWith("neurons that compare at each event cannot be replayed"), message);
        }
    }

    private static void replayAll(Machine machine, TrainRun run) {
        machine.replay(run.trains());
        throw new DataException("neurons that compare at each event cannot be replayed: none was reached");
    }
}
