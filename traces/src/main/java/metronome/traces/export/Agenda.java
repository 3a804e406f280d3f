package metronome.traces.export;

import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** What is to be done at later times. */
final class Agenda {
    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long count;

    private record Item(long time, long number, Runnable work) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }

    void at(long time, Runnable work) {
        items.add(new Item(time, count++, work));
    }

    /** Does what is due up to a time, and says before each what its time is. */
    void runTo(long time, LongConsumer moves) {
        while (!items.isEmpty() && items.element().time <= time) {
            Item item = items.remove();
            moves.accept(item.time);
            item.work.run();
        }
    }
}
