package metronome.traces.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.PlainNetwork;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetReader;
import metronome.isa.target.TargetWriter;
import metronome.traces.run.Hashes;

/**
 * Whose events a trace holds and how they came about.
 *
 * @param source where the events are from
 * @param spikes what spiked
 * @param hardware what was modelled; empty where nothing was
 * @param streams that are recorded, {@link EventStream#LAYERS} always among them
 * @param windowCycles stalls and actions are told for windows of so many cycles; 0 without hardware
 * @param firstImage number of the first image
 * @param images how many there are to be; a trace that was cut short has fewer
 * @param cut which of their events there are
 * @param provenance version, seed and command
 */
public record TraceHeader(Source source, Spiking spikes, Optional<Hardware> hardware, Set<EventStream> streams, int windowCycles,
        int firstImage, int images, Cut cut, Provenance provenance) {
    /** As many digits of a hash as messages show. */
    public static final int HASH_SHOWN = 12;

    /** Where events are from. */
    public enum Source {
        /** The modelled machine, by either engine. */
        MACHINE,
        /** The functional oracle: spikes alone. */
        ORACLE,
        /** Spikes that were recorded elsewhere. */
        IMPORT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What spiked.
     *
     * @param network its name
     * @param networkHash SHA-256 of the network in fixed point; empty if none is known
     * @param dataset of the inputs, by name
     * @param once whether each neuron spikes at most once in an image
     * @param steps T: the steps are 0 to T; 0 of a dense program, which has no spikes
     * @param timeConstant L, in steps; 0 where there is none
     * @param leak when potentials leak
     * @param layers the input first
     */
    public record Spiking(String network, Optional<String> networkHash, String dataset, boolean once, int steps, double timeConstant,
            LeakPolicy leak, List<Layer> layers) {
        /** Copies the list. */
        public Spiking {
            layers = List.copyOf(layers);
        }

        /**
         * {@return a network whose neurons spike once}
         *
         * @param network in fixed point
         * @param dataset of the inputs, by name
         * @param leak when potentials leak
         */
        public static Spiking of(FixedNetwork network, String dataset, LeakPolicy leak) {
            List<Layer> layers = new ArrayList<>(List.of(new Layer("input", network.input())));
            network.layers().forEach(l -> layers.add(new Layer(l.name(), l.output())));
            return new Spiking(network.name(), Optional.of(Hashes.of(network)), dataset, true, network.code().steps(),
                    network.code().timeConstant(), leak, layers);
        }

        /**
         * {@return a plain network}
         *
         * @param network which
         * @param input of what its input is, by name
         */
        public static Spiking of(PlainNetwork network, String input) {
            List<Layer> layers = new ArrayList<>(List.of(new Layer("input", network.input())));
            network.layers().forEach(l -> layers.add(new Layer(l.name(), l.output())));
            return new Spiking(network.name(), Optional.of(Hashes.of(network)), input, false, network.lastStep(), 0,
                    LeakPolicy.EAGER, layers);
        }

        /**
         * {@return the last step of a layer}
         *
         * @param layer its number
         */
        public int lastStep(int layer) {
            return layers.get(layer).steps().orElse(steps + 1) - 1;
        }
    }

    /**
     * One layer.
     *
     * @param name of its node
     * @param shape of its neurons, at most {@link #MOST_NEURONS}
     * @param steps how many steps it has, where they are fewer than T + 1; it has the first ones
     */
    public record Layer(String name, Shape shape, OptionalInt steps) {
        /** The most neurons that there may be. */
        public static final int MOST_NEURONS = 1 << 24;

        /**
         * Checks the size.
         *
         * @throws DataException naming layer, shape and limit
         */
        public Layer {
            if (shape.size() > MOST_NEURONS) {
                throw new DataException("layer " + name + " of " + shape + " has " + shape.size() + " neurons, in a trace it may have at most "
                        + MOST_NEURONS);
            }
        }

        /**
         * A layer that has all steps.
         *
         * @param name of its node
         * @param shape of its neurons
         */
        public Layer(String name, Shape shape) {
            this(name, shape, OptionalInt.empty());
        }

        /** {@return name and shape, as messages list layers} */
        @Override
        public String toString() {
            return name + " " + shape;
        }
    }

    /**
     * What was modelled.
     *
     * @param programHash SHA-256 of the program's container
     * @param targetHash by which programs name the target
     * @param targetText the target file, as JSON
     * @param code of the program, packed; empty of a trace without instructions or of an earlier version, and of very long code
     */
    public record Hardware(String programHash, String targetHash, String targetText, Optional<String> code) {
        /**
         * What was modelled, without the program's code.
         *
         * @param programHash as above
         * @param targetHash as above
         * @param targetText as above
         */
        public Hardware(String programHash, String targetHash, String targetText) {
            this(programHash, targetHash, targetText, Optional.empty());
        }

        /**
         * {@return a program on its target}
         *
         * @param program compiled for the target
         * @param target the chip
         */
        public static Hardware of(Program program, Target target) {
            return new Hardware(Hashes.of(ProgramFile.encode(program)), TargetWriter.hash(target),
                    JsonWriter.compact(TargetWriter.json(target)), PackedCode.of(program));
        }

        /** {@return what the target file calls the target; "unnamed" if it does not} */
        public String targetName() {
            return JsonParser.parse(targetText) instanceof Json.Obj target && target.get("name").orElse(target) instanceof Json.Str name ? name.value()
                    : "unnamed";
        }

        private Hardware withoutCode() {
            return new Hardware(programHash, targetHash, targetText);
        }

        /**
         * {@return the target}
         *
         * @throws DataException if this version knows no such targets
         */
        public Target target() {
            return TargetReader.parse(targetText, "the target in the trace");
        }
    }

    /**
     * How the trace came about.
     *
     * @param version of Metronome
     * @param seed of every random choice
     * @param command with all options that change what is recorded
     */
    public record Provenance(String version, long seed, String command) {
    }

    /**
     * The header of a trace from which nothing was cut off.
     *
     * @param source as above
     * @param spikes as above
     * @param hardware as above
     * @param streams as above
     * @param windowCycles as above
     * @param firstImage as above
     * @param images as above
     * @param provenance as above
     */
    public TraceHeader(Source source, Spiking spikes, Optional<Hardware> hardware, Set<EventStream> streams, int windowCycles,
            int firstImage, int images, Provenance provenance) {
        this(source, spikes, hardware, streams, windowCycles, firstImage, images, Cut.NONE, provenance);
    }

    /** Copies the set, in the order of declaration; the code is kept beside events of instructions only. */
    public TraceHeader {
        TreeSet<EventStream> sorted = new TreeSet<>(streams);
        sorted.add(EventStream.LAYERS);
        streams = java.util.Collections.unmodifiableSet(sorted);
        if (!streams.contains(EventStream.INSTRUCTIONS)) {
            hardware = hardware.map(Hardware::withoutCode);
        }
    }

    /**
     * {@return the instructions of each core, if the trace has them}
     *
     * @throws DataException if this version knows no such instructions
     */
    public Optional<List<List<Instruction>>> instructions() {
        return hardware.flatMap(Hardware::code).map(PackedCode::instructions);
    }

    /** {@return the number of the last image} */
    public int lastImage() {
        return firstImage + images - 1;
    }

    /** {@return the numbers of the images} */
    public Span imageSpan() {
        return new Span(firstImage, lastImage());
    }

    /** {@return which images there are, for messages that begin with "the trace has"} */
    public String imageWords() {
        return images == 1 ? "image " + firstImage + " only" : "images " + imageSpan();
    }

    /**
     * {@return the header of other events of the same run}
     *
     * @param ofStreams which streams
     * @param ofImages which images
     * @param ofThem which of their events
     */
    public TraceHeader part(Set<EventStream> ofStreams, Span ofImages, Cut ofThem) {
        return new TraceHeader(source, spikes, hardware, ofStreams, windowCycles, Math.toIntExact(ofImages.first()),
                Math.toIntExact(ofImages.last() - ofImages.first() + 1), ofThem, provenance);
    }

    /**
     * {@return the header of events that another command brought about}
     *
     * @param command with all options that change what is recorded
     */
    public TraceHeader withCommand(String command) {
        return new TraceHeader(source, spikes, hardware, streams, windowCycles, firstImage, images, cut,
                new Provenance(provenance.version, provenance.seed, command));
    }

    /**
     * Refuses a trace from which something was cut off.
     *
     * @throws DataException naming what it was cut to
     */
    public void requireWhole() {
        if (!cut.whole()) {
            throw new DataException("the trace is cut to " + cut.text(spikes.layers()) + ", expected a whole one");
        }
    }

    /**
     * Refuses a trace of another program.
     *
     * @param programHash of the program that is to be the same
     * @throws DataException naming both
     */
    public void requireProgram(String programHash) {
        requireSame("program", "", hardware.map(Hardware::programHash), programHash);
    }

    /**
     * Refuses a trace of another target.
     *
     * @param targetHash of the target that is to be the same
     * @throws DataException naming both
     */
    public void requireTarget(String targetHash) {
        requireSame("target", hardware.map(h -> h.targetName() + " ").orElse(""), hardware.map(Hardware::targetHash), targetHash);
    }

    /**
     * Refuses a trace of another network in fixed point.
     *
     * @param networkHash of the network that is to be the same
     * @throws DataException naming both
     */
    public void requireNetwork(String networkHash) {
        requireSame("network", "", spikes.networkHash, networkHash);
    }

    private void requireSame(String what, String name, Optional<String> mine, String expected) {
        if (!mine.equals(Optional.of(expected))) {
            throw new DataException("the trace is of " + mine.map(hash -> "another " + what + ": " + name + shortened(hash)).orElse("no " + what)
                    + ", expected " + shortened(expected));
        }
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(hash.length(), HASH_SHOWN));
    }
}
