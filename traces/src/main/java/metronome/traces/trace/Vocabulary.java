package metronome.traces.trace;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;

/** What the numbers of a file mean: its header lists the words, and a number in a block is a place in such a list. */
record Vocabulary(Words<EventStream> streams, Words<Component> units, Words<Phase> phases, Words<Stall> causes,
        Words<Command> commands, Words<Counter> counters) {
    /** As this version writes it. */
    static final Vocabulary CURRENT = new Vocabulary(
            Words.all("streams", EventStream.values(), EventStream::label), Words.all("units", Component.values(), Component::label),
            Words.all("phases", Phase.values(), Phase::label), Words.all("causes", Stall.values(), Stall::label),
            Words.all("commands", Command.values(), ObjectReader::spelling), Words.all("counters", Counter.values(), Counter::label));

    /** The words for the constants of one enumeration, by number. */
    record Words<E extends Enum<E>>(String key, List<E> constants, Function<E, String> word) {
        static <E extends Enum<E>> Words<E> all(String key, E[] constants, Function<E, String> word) {
            return new Words<>(key, List.of(constants), word);
        }

        /** The constant of a number in a file. */
        E of(long number) {
            if (number < 0 || number >= constants.size()) {
                throw new DataException(key + " has " + constants.size() + " words, an event names number " + number);
            }
            return constants.get((int) number);
        }

        /** The list in a header. */
        Json json() {
            return Json.array(constants.stream().map(c -> Json.of(word.apply(c))).toList());
        }

        /** The same words in the order of a file. */
        Words<E> read(ObjectReader from) {
            return new Words<>(key, from.items(key).stream().map(this::constant).toList(), word);
        }

        private boolean begins(Words<?> longer) {
            return constants.size() <= longer.constants.size() && constants.equals(longer.constants.subList(0, constants.size()));
        }

        private E constant(Json json) {
            String name = json instanceof Json.Str string ? string.value() : json.kind();
            return constants.stream().filter(c -> word.apply(c).equals(name)).findFirst().orElseThrow(() -> new DataException(
                    key + " has the word \"" + name + "\", which this metronome does not know (" + json.at() + ")"));
        }
    }

    Json json() {
        ObjectBuilder names = Json.object();
        all().forEach(words -> names.put(words.key, words.json()));
        return names.build();
    }

    static Vocabulary read(ObjectReader from) {
        Vocabulary read = new Vocabulary(CURRENT.streams.read(from), CURRENT.units.read(from), CURRENT.phases.read(from),
                CURRENT.causes.read(from), CURRENT.commands.read(from), CURRENT.counters.read(from));
        from.end();
        return read;
    }

    /** Whether each number that means something here means the same in what this version writes. */
    boolean ofThisVersion() {
        return IntStream.range(0, all().size()).allMatch(i -> all().get(i).begins(CURRENT.all().get(i)));
    }

    private List<Words<?>> all() {
        return Arrays.asList(streams, units, phases, causes, commands, counters);
    }
}
