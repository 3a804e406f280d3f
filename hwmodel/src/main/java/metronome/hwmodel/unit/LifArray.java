package metronome.hwmodel.unit;

import java.util.List;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.target.Target;

/**
 * The LIF neuron array (rules LIF-1 to LIF-24): its registers, and which {@link LifWork} executes the instruction under
 * way.
 */
public final class LifArray extends ExecutionUnit {
    private final Neurons neurons;
    private final SpikeBuffer buffer;
    private final PotentialHalves halves;
    private final LifRegisters registers;
    private final Sweep sweep;
    private final Integration integration;
    private final Firing firing;
    private final ReadingOut readingOut;
    private final StepRun run;
    private final WindowPlan plan;
    private int instructions;
    private int integrations;
    private boolean told;
    private LifWork work;

    /**
     * Creates an array at rest.
     *
     * @param target gives lanes, banks and widths
     * @param surroundings what units share
     * @param neurons the data path
     * @param halves of their potentials, which another unit may use
     * @param buffer the spike buffer
     * @param remembering whether the costs of events are measured once for each shape of a fan-out
     * @param code what the core will execute
     */
    public LifArray(Target target, Surroundings surroundings, Neurons neurons, PotentialHalves halves,
            SpikeBuffer buffer, boolean remembering, List<Instruction> code) {
        super(Component.LIF, surroundings);
        this.neurons = neurons;
        this.buffer = buffer;
        this.halves = halves;
        LifParts parts = LifParts.of(target, this, neurons, buffer, remembering);
        this.registers = new LifRegisters(target, parts.format(), buffer.steps());
        this.sweep = new Sweep(parts);
        this.integration = new Integration(parts);
        this.firing = new Firing(this, parts.spikes(), parts.costs());
        this.readingOut = new ReadingOut(parts);
        this.run = new StepRun(parts);
        this.work = sweep;
        this.plan = neurons.foresees() && remembering
                ? WindowPlan.of(code, new LifRegisters(target, parts.format(), buffer.steps())) : WindowPlan.NONE;
    }

    @Override
    boolean start(Operation started) {
        instructions++;
        switch ((LifOperation) started) {
            case LifOperation.LifShape s -> registers.shape(s);
            case LifOperation.LifGroups g -> registers.groups(g);
            case LifOperation.LifTile t -> chooseTile(t);
            case LifOperation.LifNeuron n -> setParameters(registers.parameters().with(n));
            case LifOperation.LifGate g -> setParameters(registers.parameters().with(g));
            case LifOperation.LifMode m -> setParameters(registers.parameters().with(m));
            case LifOperation.Clear _ -> {
                use("lif.clear", cells());
                work = sweep.clear(registers.tile(), cells());
            }
            case LifOperation.Bias b -> {
                registers.requireBiases("lif.bias", b.biases());
                use("lif.bias");
                work = sweep.bias(registers.tile(), b.biases());
            }
            case LifOperation.Integrate i -> {
                registers.requireWeights("lif.integrate", i.weights());
                registers.requireSteps("lif.integrate", i.from(), i.to());
                use("lif.integrate");
                work = integration.begin(i, registers.tile(), registers.inChannels(), registers.parameters().leak());
                integrations++;
                told = false;
            }
            case LifOperation.Fire f -> {
                registers.requireSteps("lif.fire", f.from(), f.to());
                use("lif.fire");
                work = firing.begin(new Firing.Sweep(neurons, registers.tile(), new FireWindow(f.from(), f.to(), f.flush()),
                        registers.parameters()), f.region(), f.raise());
            }
            case LifOperation.ReadOut r -> {
                use("lif.readout");
                work = readingOut.begin(r, registers.tile());
            }
            case LifOperation.Run r -> work = beginRun(r);
        }
        foreseeNext();
        return !work.done();
    }

    /** Tells the neurons of the next window, once what it needs is there. */
    private void foreseeNext() {
        if (!told && work != integration) {
            plan.window(integrations).filter(this::isThere).ifPresent(next -> {
                told = true;
                integration.foresee(next);
            });
        }
    }

    private boolean isThere(WindowPlan.Planned window) {
        return instructions >= window.after() && window.controls().stream().allMatch(this::available);
    }

    private void chooseTile(LifOperation.LifTile t) {
        Tile tile = registers.tile(t);
        int half = halves.of(tile, "lif.tile");
        halves.begin(this, half, "lif.tile");
        halves.choose(half, false);
        neurons.tile(tile, layer());
    }

    /** The instruction works on the potentials of the tile. */
    private void use(String instruction) {
        use(instruction, registers.tile().size());
    }

    /** The same of so many potentials from the first of the tile on. */
    private void use(String instruction, int count) {
        int half = halves.of(registers.tile(), count, instruction);
        halves.begin(this, half, instruction);
        halves.requireChosen(half, false, instruction);
    }

    /** Potentials of the tile, and its slopes if neurons hold their currents (rule LIF-20). */
    private int cells() {
        return registers.tile().size() * (registers.parameters().mode().held() ? 2 : 1);
    }

    private void setParameters(NeuronParameters changed) {
        neurons.parameters(registers.parameters(changed));
    }

    private LifWork beginRun(LifOperation.Run r) {
        registers.requireWeights("lif.run", r.weights());
        if (r.biased()) {
            registers.requireBiases("lif.run", r.biases());
        }
        registers.requireSteps("lif.run", 0, r.to());
        use("lif.run", cells());
        LifRegisters.requireRun(r, registers.parameters().mode(), registers.tile());
        return run.begin(r, registers.parameters().mode(), registers.tile(), registers.inChannels());
    }

    @Override
    public void request() {
        if (executing()) {
            work.request();
        }
    }

    @Override
    boolean step() {
        work.step();
        return work.done();
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.LIF);
        halves.end(this);
    }

    @Override
    public boolean disturbed() {
        return executing() && work.disturbed();
    }

    @Override
    boolean streams() {
        return work.writes();
    }

    @Override
    long quietSteps() {
        return work.quietSteps();
    }

    @Override
    void skipSteps(long cycles) {
        work.skipSteps(cycles);
    }
}
