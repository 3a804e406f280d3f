package metronome.traces.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.core.code.TemporalCode;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.SyntheticNetwork;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does a copy of the model do what the model does, and one without questions all of it but tell? */
class ModelCopyTest {
    static final Target TARGET = Target.preset();
    private static final SyntheticNetwork.Settings SETTINGS = new SyntheticNetwork.Settings(3, TemporalCode.DEFAULT, 0.5,
            TARGET.count(TargetField.POTENTIAL_BITS));
    private static final SyntheticNetwork MADE = SyntheticNetwork.of(network(), SETTINGS);
    static final Program PROGRAM = SpikingCompiler.compile(MADE.network(), TARGET);
    static final int[] IMAGE = SyntheticNetwork.image(MADE.network().input(), SETTINGS, 4);

    private static Network network() {
        return NetworkBuilder.chain("small", new Shape(1, 12, 12)).convolution("conv", 6, new Window(3, 3, 1, 1)).rectifier("relu")
                .maxPool("pool", Window.square(2, 2)).dense("fc", 10).build();
    }

    private static List<String> events(ModelCopy copy, Set<EventStream> streams) {
        List<String> events = new ArrayList<>();
        copy.machine(PROGRAM, TARGET, Optional.of(streams), event -> events.add(event.toString())).accept(IMAGE);
        return events;
    }

    /** In the same order too: that of the streams' declaration within a window, whatever the hashes of a copy's constants are. */
    @Test
    void anExactCopyTellsWhatTheModelTells() {
        List<ChipEvent> expected = new ArrayList<>();
        Set<EventStream> all = EnumSet.allOf(EventStream.class);
        new Machine(PROGRAM, TARGET).withProbe(new Probe(all, Probe.USUAL_WINDOW_CYCLES, expected::add)).run(IMAGE);
        assertIterableEquals(expected.stream().map(Object::toString).toList(), events(ModelCopy.exact(), all));
        List<String> stalls = expected.stream().filter(event -> event.stream() == EventStream.STALLS).map(Object::toString).toList();
        assertTrue(stalls.size() > 10);
        assertIterableEquals(stalls, events(ModelCopy.exact(), EnumSet.of(EventStream.STALLS)));
    }

    /** Its units, its DRAM and its end are silent; only what the host puts in is told, about which no cycle of the model asks. */
    @Test
    void aCopyWithoutQuestionsIsSilent() {
        List<String> told = events(ModelCopy.withoutQuestions(), EnumSet.allOf(EventStream.class));
        assertFalse(told.isEmpty());
        assertTrue(told.stream().allMatch(event -> event.startsWith("Spike[cycle=0, layer=0, ")), told::toString);
    }
}
