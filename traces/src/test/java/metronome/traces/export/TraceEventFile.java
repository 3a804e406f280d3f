package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;

/**
 * A strict reader of trace-event JSON, which fails at the first fault: events of unknown phases or with members that the phase
 * does not have, tracks without a name, times that go back on a track, slices that overlap without one lying in the other or that do not
 * end, counters that are no number, do not change or are not told up to the end, flows without both ends or without a slice around an end.
 * And it does with the slices and flows what Perfetto's importer does ({@code json_trace_parser_impl.cc}): sorts all by whole nanoseconds,
 * those of one by their place in the file, and binds an end of a flow to the slice that is open then on its track; that must be the one
 * around it.
 */
public final class TraceEventFile {
    private static final Map<String, Set<String>> MEMBERS = Map.of("M", Set.of("ph", "pid", "name", "args"),
            "B", Set.of("ph", "pid", "tid", "ts", "name", "args"), "E", Set.of("ph", "pid", "tid", "ts"),
            "X", Set.of("ph", "pid", "tid", "ts", "dur", "name", "args"), "C", Set.of("ph", "pid", "ts", "name", "args"),
            "s", Set.of("ph", "pid", "tid", "ts", "cat", "name", "id"), "f", Set.of("ph", "pid", "tid", "ts", "cat", "name", "id", "bp"));

    private static final int MOST_PROCESSES = 999;

    private final Map<Integer, String> processes = new HashMap<>();
    private final Map<Integer, Integer> owners = new HashMap<>();
    private final Map<Integer, String> threads = new HashMap<>();
    private final Map<Integer, Deque<Slice>> open = new HashMap<>();
    private final Map<Integer, Long> latest = new HashMap<>();
    private final Map<String, List<Slice>> slices = new TreeMap<>();
    private final Map<String, List<Sample>> counters = new TreeMap<>();
    private final Map<String, Long> lastTold = new TreeMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    /** Where the slices that are open on a track begin, as the importer goes on. */
    private final Map<String, Deque<Long>> begun = new HashMap<>();
    private final Map<Long, End> starts = new TreeMap<>();
    private final Map<Long, End> ends = new TreeMap<>();

    /**
     * A slice.
     *
     * @param name of it
     * @param begin in picoseconds
     * @param end in picoseconds
     * @param cycle in its arguments; -1 if there is none
     * @param complete whether it is one event, not two
     */
    public record Slice(String name, long begin, long end, long cycle, boolean complete) {
    }

    /**
     * A value of a counter.
     *
     * @param time in picoseconds
     * @param value from then on
     */
    public record Sample(long time, double value) {
    }

    /**
     * An end of a flow.
     *
     * @param track process and thread
     * @param time in picoseconds
     */
    public record End(String track, long time) {
    }

    /** What the importer does at a nanosecond. */
    private record Step(long nanosecond, Runnable work) {
    }

    private TraceEventFile() {
    }

    /** Reads a file. */
    public static TraceEventFile parse(String text) {
        Json.Obj file = (Json.Obj) JsonParser.parse(text);
        assertEquals(Set.of("displayTimeUnit", "otherData", "traceEvents"), file.members().keySet());
        assertEquals("ns", string(file, "displayTimeUnit"));
        assertTrue(file.get("otherData").orElseThrow() instanceof Json.Obj);
        TraceEventFile read = new TraceEventFile();
        ((Json.Arr) file.get("traceEvents").orElseThrow()).items().forEach(event -> read.take((Json.Obj) event));
        read.finish();
        return read;
    }

    /** The slices of each track, PROCESS/THREAD, in the order of their beginnings. */
    public Map<String, List<Slice>> slices() {
        return slices;
    }

    /** The values of each counter, PROCESS/NAME/KEY, where it changes. */
    public Map<String, List<Sample>> counters() {
        return counters;
    }

    /** Where flows begin, by their number. */
    public Map<Long, End> starts() {
        return starts;
    }

    /** Where flows end, by their number. */
    public Map<Long, End> ends() {
        return ends;
    }

    /** The slice around an end of a flow. */
    public Slice around(End end) {
        return slices.get(end.track).stream().filter(s -> s.begin <= end.time && end.time < s.end).reduce((_, inner) -> inner).orElseThrow();
    }

    private static String string(Json.Obj object, String name) {
        return ((Json.Str) object.get(name).orElseThrow()).value();
    }

    private static int number(Json.Obj object, String name) {
        return new BigDecimal(((Json.Num) object.get(name).orElseThrow()).text()).intValueExact();
    }

    /** In picoseconds, of which there are no parts, as Perfetto reads them in nanoseconds; without the one that may be there for that. */
    private static long time(Json.Obj object, String name) {
        String text = ((Json.Num) object.get(name).orElseThrow()).text();
        long time = new BigDecimal(text).movePointRight(6).longValueExact();
        assertTrue(time >= 0, object::toString);
        assertEquals(time / 1000, (long) (Double.parseDouble(text) * 1000.0), () -> "read as another nanosecond: " + text);
        boolean more = time % 1000 == 1 && (long) (BigDecimal.valueOf(time - 1, 6).doubleValue() * 1000.0) < time / 1000;
        return more ? time - 1 : time;
    }

    private void take(Json.Obj event) {
        String phase = string(event, "ph");
        assertTrue(MEMBERS.containsKey(phase), "phase " + phase);
        Set<String> members = new HashSet<>(event.members().keySet());
        if (phase.equals("M")) {
            members.remove("tid");
        }
        assertEquals(MEMBERS.get(phase), members, phase);
        switch (phase) {
            case "M" -> metadata(event);
            case "C" -> counter(event);
            case "s" -> flow(starts, event);
            case "f" -> {
                assertEquals("e", string(event, "bp"));
                flow(ends, event);
            }
            default -> slice(phase, event);
        }
    }

    private void metadata(Json.Obj event) {
        Json.Obj args = (Json.Obj) event.get("args").orElseThrow();
        int process = number(event, "pid");
        switch (string(event, "name")) {
            case "process_name" -> assertEquals(null, processes.put(process, string(args, "name")), "named twice");
            case "thread_name" -> {
                assertTrue(processes.containsKey(process));
                assertEquals(null, owners.put(number(event, "tid"), process), "threads have numbers of their own");
                assertTrue(number(event, "tid") > MOST_PROCESSES, "a thread with the number of a process is that process's main one");
                assertFalse(threads.containsValue(processes.get(process) + "/" + string(args, "name")));
                threads.put(number(event, "tid"), processes.get(process) + "/" + string(args, "name"));
            }
            case "process_sort_index", "thread_sort_index" -> number(args, "sort_index");
            default -> throw new AssertionError("metadata " + string(event, "name"));
        }
    }

    private int thread(Json.Obj event) {
        int thread = number(event, "tid");
        assertTrue(threads.containsKey(thread), "a track without a name: " + thread);
        assertEquals(owners.get(thread), number(event, "pid"));
        return thread;
    }

    private void slice(String phase, Json.Obj event) {
        int thread = thread(event);
        long time = time(event, "ts");
        assertTrue(time >= latest.getOrDefault(thread, 0L), () -> threads.get(thread) + " goes back to " + time);
        latest.put(thread, time);
        stack(phase, threads.get(thread), time);
        Deque<Slice> stack = open.computeIfAbsent(thread, _ -> new ArrayDeque<>());
        while (!stack.isEmpty() && stack.peek().complete && stack.peek().end <= time) {
            stack.pop();
        }
        if (phase.equals("E")) {
            assertFalse(stack.isEmpty(), () -> threads.get(thread) + " ends what was not begun at " + time);
            Slice begun = stack.pop();
            assertFalse(begun.complete, () -> threads.get(thread) + " ends within a whole slice at " + time);
            add(thread, new Slice(begun.name, begun.begin, time, begun.cycle, false));
            return;
        }
        long end = phase.equals("X") ? time + time(event, "dur") : Long.MAX_VALUE;
        assertTrue(stack.isEmpty() || end <= stack.peek().end, () -> threads.get(thread) + " has overlapping slices at " + time);
        Json.Obj args = (Json.Obj) event.get("args").orElseThrow();
        Slice slice = new Slice(string(event, "name"), time, end, args.get("cycle").isPresent() ? number(args, "cycle") : -1,
                phase.equals("X"));
        stack.push(slice);
        if (slice.complete) {
            add(thread, slice);
        }
    }

    private void step(long picosecond, Runnable work) {
        steps.add(new Step(picosecond / 1000, work));
    }

    /** Of events B and E alone: whole slices have no flows. */
    private void stack(String phase, String track, long time) {
        if (phase.equals("B")) {
            step(time, () -> begun.computeIfAbsent(track, _ -> new ArrayDeque<>()).push(time));
        } else if (phase.equals("E")) {
            step(time, () -> begun.get(track).pop());
        }
    }

    private void bind(End end) {
        assertEquals(around(end).begin, begun.getOrDefault(end.track, new ArrayDeque<>()).peek(), () -> "the flow's slice at " + end);
    }

    private void add(int thread, Slice slice) {
        slices.computeIfAbsent(threads.get(thread), _ -> new ArrayList<>()).add(slice);
    }

    private void counter(Json.Obj event) {
        assertTrue(processes.containsKey(number(event, "pid")), "a counter of a process without a name");
        Json.Obj args = (Json.Obj) event.get("args").orElseThrow();
        assertEquals(1, args.members().size());
        String key = args.members().firstEntry().getKey();
        Sample sample = new Sample(time(event, "ts"), ((Json.Num) args.get(key).orElseThrow()).value());
        String name = processes.get(number(event, "pid")) + "/" + string(event, "name") + "/" + key;
        assertTrue(sample.time > lastTold.getOrDefault(name, -1L), "a counter has two values at one time");
        lastTold.put(name, sample.time);
        List<Sample> before = counters.computeIfAbsent(name, _ -> new ArrayList<>());
        assertFalse(repeated.contains(name), "a counter does not change before its end");
        if (!before.isEmpty() && before.getLast().value == sample.value) {
            repeated.add(name);
        } else {
            before.add(sample);
        }
    }

    /** A viewer draws a counter up to the last time that it is told, so that is where the images end. */
    private void countersEnd() {
        long end = slices.getOrDefault("images/images", List.of()).stream().mapToLong(Slice::end).max().orElse(0);
        lastTold.forEach((name, time) -> assertEquals(end, time, () -> name + " is not told up to the end"));
    }

    private void flow(Map<Long, End> side, Json.Obj event) {
        assertEquals("spikes/spikes", string(event, "cat") + "/" + string(event, "name"));
        End end = new End(threads.get(thread(event)), time(event, "ts"));
        assertEquals(null, side.put((long) number(event, "id"), end), "an id has two of one end");
        step(end.time, () -> bind(end));
    }

    private void finish() {
        open.values().forEach(stack -> assertTrue(stack.stream().allMatch(Slice::complete), "a slice does not end"));
        countersEnd();
        assertEquals(starts.keySet(), ends.keySet());
        starts.forEach((id, start) -> {
            around(start);
            around(ends.get(id));
            assertTrue(start.time <= ends.get(id).time, "flow " + id + " goes back");
        });
        steps.sort(Comparator.comparingLong(Step::nanosecond));
        steps.forEach(step -> step.work.run());
    }
}
