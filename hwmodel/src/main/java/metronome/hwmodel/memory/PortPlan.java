package metronome.hwmodel.memory;

import java.util.Arrays;

/**
 * In which cycles a unit that sleeps will use a port, so that who has to stand back for it knows when the port is free. Times
 * are cycles of the port, from 0.
 */
final class PortPlan {
    private int[] uses = new int[0];
    private int count;
    private long start;
    private long end;
    private int next;

    /** Plans from a time on, for so many cycles: the uses in ascending order, counted from that time. */
    void begin(long now, long cycles, int[] planned, int plannedCount) {
        if (uses.length < plannedCount) {
            uses = new int[planned.length];
        }
        System.arraycopy(planned, 0, uses, 0, plannedCount);
        count = plannedCount;
        start = now;
        end = now + cycles;
        next = 0;
    }

    /** The plan holds no longer. */
    void end(long now) {
        end = Math.min(end, now);
    }

    /** For how many cycles from a time on the plan holds. */
    long holds(long now) {
        return Math.max(0, end - now);
    }

    /** Whether the port is used at a time; times asked for do not go back. */
    boolean uses(long now) {
        if (now >= end) {
            return false;
        }
        while (next < count && start + uses[next] < now) {
            next++;
        }
        return next < count && start + uses[next] == now;
    }

    /** How often the port is used from a time on, before another. */
    int usesWithin(long from, long to) {
        return before(Math.min(to, end)) - before(Math.min(from, end));
    }

    /** How often it is used before a time. */
    private int before(long time) {
        int found = Arrays.binarySearch(uses, 0, count, (int) Math.max(-1, time - start));
        return found >= 0 ? found : -found - 1;
    }

    /** How many cycles from a time on it takes until the port has been free so many times, if the plan holds. */
    long cyclesUntilFree(long from, int times) {
        int index = before(from);
        long time = from;
        int free = 0;
        while (index < count && free + (start + uses[index] - time) < times) {
            free += (int) (start + uses[index] - time);
            time = start + uses[index] + 1;
            index++;
        }
        return time - from + times - free;
    }
}
