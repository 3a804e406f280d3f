package metronome.traces.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.instruction.Instruction;

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
public record TraceHeader(Source source, TracedNetwork spikes, Optional<TracedHardware> hardware, Set<EventStream> streams, int windowCycles,
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
    public TraceHeader(Source source, TracedNetwork spikes, Optional<TracedHardware> hardware, Set<EventStream> streams, int windowCycles,
            int firstImage, int images, Provenance provenance) {
        this(source, spikes, hardware, streams, windowCycles, firstImage, images, Cut.NONE, provenance);
    }

    /** Copies the set, in the order of declaration; the code is kept beside events of instructions only. */
    public TraceHeader {
        TreeSet<EventStream> sorted = new TreeSet<>(streams);
        sorted.add(EventStream.LAYERS);
        streams = java.util.Collections.unmodifiableSet(sorted);
        if (!streams.contains(EventStream.INSTRUCTIONS)) {
            hardware = hardware.map(TracedHardware::withoutCode);
        }
    }

    /**
     * {@return the instructions of each core, if the trace has them}
     *
     * @throws DataException if this version knows no such instructions
     */
    public Optional<List<List<Instruction>>> instructions() {
        return hardware.flatMap(TracedHardware::code).map(PackedCode::instructions);
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
        requireSame("program", "", hardware.map(TracedHardware::programHash), "", programHash);
    }

    /**
     * Refuses a trace of another target.
     *
     * @param targetHash of the target that is to be the same
     * @throws DataException naming both
     */
    public void requireTarget(String targetHash) {
        requireSame("target", hardware.map(h -> h.targetName() + " ").orElse(""), hardware.map(TracedHardware::targetHash), "", targetHash);
    }

    /**
     * Refuses a trace of another network in fixed point.
     *
     * @param name of the network that is to be the same
     * @param networkHash its hash
     * @throws DataException naming both
     */
    public void requireNetwork(String name, String networkHash) {
        requireSame("network", spikes.network() + " ", spikes.networkHash(), name + " ", networkHash);
    }

    private static void requireSame(String what, String name, Optional<String> mine, String expectedName, String expected) {
        if (!mine.equals(Optional.of(expected))) {
            throw new DataException("the trace is of " + mine.map(hash -> "another " + what + ": " + name + shortened(hash)).orElse("no " + what)
                    + ", expected " + expectedName + shortened(expected));
        }
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(hash.length(), HASH_SHOWN));
    }
}
