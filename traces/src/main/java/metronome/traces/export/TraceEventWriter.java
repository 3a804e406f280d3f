package metronome.traces.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;

/**
 * Writes events of the Trace Event Format (Google, "Trace Event Format", the document to which ui.perfetto.dev refers), one a line.
 * Processes and threads are named when they are first seen.
 */
final class TraceEventWriter {
    /** Behind all numbers of processes: a thread that has its process's number is the main one, which the UI puts first. */
    private static final int FIRST_THREAD = 1000;

    private final AsciiOut out;
    private final TimeAxis axis;
    private final Map<Long, Track> tracks = new HashMap<>();
    private final Set<Integer> processes = new HashSet<>();
    private long flows;
    private boolean first = true;

    TraceEventWriter(AsciiOut out, TimeAxis axis, Json about) {
        this.out = out;
        this.axis = axis;
        out.put("{\"displayTimeUnit\":\"ns\",\"otherData\":").put(JsonWriter.compact(about)).put(",\"traceEvents\":[");
    }

    private AsciiOut separate() {
        out.put(first ? "\n" : ",\n");
        first = false;
        return out;
    }

    /** A text as JSON. */
    static String quoted(String text) {
        return JsonWriter.compact(Json.of(text));
    }

    /** Gives a process its name; the UI shows processes by their number. */
    void process(int process, String name) {
        if (processes.add(process)) {
            metadata("process_name", "\"pid\":" + process, "\"name\":" + quoted(name));
            metadata("process_sort_index", "\"pid\":" + process, "\"sort_index\":" + process);
        }
    }

    /** The track of a process with a place among its tracks, which has its name from its first use. */
    Track track(int process, int place, Supplier<String> name) {
        return tracks.computeIfAbsent((long) process << Integer.SIZE | place, _ -> newTrack(process, place, name.get()));
    }

    private Track newTrack(int process, int place, String name) {
        String address = "\"pid\":" + process + ",\"tid\":" + (FIRST_THREAD + tracks.size());
        metadata("thread_name", address, "\"name\":" + quoted(name));
        metadata("thread_sort_index", address, "\"sort_index\":" + place);
        return new Track(address);
    }

    private void metadata(String what, String address, String argument) {
        separate().put("{\"ph\":\"M\",").put(address).put(",\"name\":\"").put(what).put("\",\"args\":{").put(argument).put("}}");
    }

    private AsciiOut event(String phase, String address, long time) {
        return separate().put("{\"ph\":\"").put(phase).put("\",").put(address).put(",\"ts\":").putMicroseconds(axis.picoseconds(time));
    }

    /** Begins a slice; name and arguments are JSON. */
    void begin(Track track, long time, String name, String arguments) {
        event("B", track.address(), time).put(",\"name\":").put(name).put(",\"args\":").put(arguments).put('}');
    }

    /** Ends the slice that was begun last. */
    void end(Track track, long time) {
        event("E", track.address(), time).put('}');
        track.end(time);
    }

    /** A slice of which all is known; name and arguments are JSON. */
    void slice(Track track, long time, long cycles, String name, String arguments) {
        event("X", track.address(), time).put(",\"dur\":").putMicroseconds(axis.picoseconds(time + cycles) - axis.picoseconds(time))
                .put(",\"name\":").put(name).put(",\"args\":").put(arguments).put('}');
        track.end(time + cycles);
    }

    /** A value from a time on; the key stands beside the name in the UI. */
    void counter(int process, String name, long time, String key, String value) {
        event("C", "\"pid\":" + process, time).put(",\"name\":").put(name).put(",\"args\":{\"").put(key).put("\":").put(value).put("}}");
    }

    /** An arrow from a slice of one track to a slice of another or the same. */
    void flow(Track from, long begin, Track to, long end) {
        flows++;
        event("s", from.address(), begin).put(",\"cat\":\"spikes\",\"name\":\"spikes\",\"id\":").put(flows).put('}');
        event("f", to.address(), end).put(",\"bp\":\"e\",\"cat\":\"spikes\",\"name\":\"spikes\",\"id\":").put(flows).put('}');
    }

    void finish() {
        out.put("\n]}\n").flush();
    }
}
