package metronome.traces.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.Execution;
import metronome.traces.run.Executions;
import metronome.traces.trace.TracedNetwork;

/**
 * A trace to be looked at.
 *
 * @param label what it is called beside others
 * @param analysis what its events amount to
 * @param execution the cost of an image, as {@code simulate} has it, if hardware was modelled; of what no stream was recorded, zero
 */
record TraceView(String label, TraceAnalysis analysis, Optional<Execution> execution) {
    static TraceView of(String label, TraceAnalysis analysis) {
        List<String> names = layers(analysis);
        return new TraceView(label, analysis, analysis.target()
                .map(target -> Executions.of(target, names, analysis.counts(), analysis.images())));
    }

    private static List<String> layers(TraceAnalysis analysis) {
        return analysis.header().spikes().layers().stream().map(TracedNetwork.Layer::name).toList();
    }

    /** {@return the names of the layers, the input first} */
    List<String> layers() {
        return layers(analysis);
    }

    boolean has(EventStream stream) {
        return analysis.has(stream);
    }

    /** {@return the cost, if hardware was modelled, streams were recorded, and what is there of them is of whole images} */
    Optional<Execution> costs(EventStream... needed) {
        return analysis.header().streams().containsAll(List.of(needed)) && (whole() || needed.length == 0) ? execution : Optional.empty();
    }

    /** {@return whether the trace is of whole images, no part that was cut out of them} */
    boolean whole() {
        return analysis.header().cut().whole();
    }

    /** {@return the streams that the trace could have, and lacks} */
    Set<EventStream> lacking() {
        Set<EventStream> lacking = EnumSet.allOf(EventStream.class);
        lacking.removeAll(analysis.header().streams());
        if (dense()) {
            lacking.remove(EventStream.SPIKES);
        }
        return lacking;
    }

    /** {@return whether it is of a dense program, which has no spikes} */
    boolean dense() {
        return execution.isPresent() && analysis.header().spikes().steps() == 0;
    }

    /** {@return what the trace lacks, a sentence each} */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        analysis.missing().ifPresent(remarks::add);
        if (!whole()) {
            remarks.add("cut to " + analysis.header().cut().text(analysis.header().spikes().layers())
                    + ": only latency is of whole images; spikes, and what is drawn over time, are those that are there; costs are left out");
        }
        if (execution.isEmpty()) {
            remarks.add("no hardware was modelled: there are no cycles and no energy");
        } else if (!lacking().isEmpty()) {
            remarks.add("not recorded: " + String.join(", ", lacking().stream().map(s -> s.label() + " (" + s.meaning() + ")").toList()));
        }
        return remarks;
    }

    /** {@return bytes that an image moved to and from the DRAM, by whichever stream tells} */
    Optional<Double> dramBytes() {
        if (!whole()) {
            return Optional.empty();
        }
        if (has(EventStream.DRAM)) {
            return analysis.dram().map(dram -> (double) dram.bytes() / analysis.images());
        }
        return has(EventStream.ENERGY) ? analysis.limits().map(limits -> (double) limits.burstBytes() * bursts() / analysis.images())
                : Optional.empty();
    }

    private long bursts() {
        return analysis.counts().total(metronome.hwmodel.count.Counter.READ_BURSTS)
                + analysis.counts().total(metronome.hwmodel.count.Counter.WRITE_BURSTS);
    }

    /** {@return the mean bandwidth at the DRAM, in bytes a nanosecond, by whichever stream tells} */
    Optional<Double> bandwidthGBs() {
        return execution.filter(e -> whole() && e.latencyUs() > 0)
                .flatMap(e -> dramBytes().map(bytes -> bytes / (1000 * e.latencyUs())));
    }
}
