package metronome.hwmodel.machine;

import java.util.Arrays;
import metronome.hwmodel.unit.Bell;
import metronome.hwmodel.unit.Clocked;

/**
 * Leaves out the cycles in which nothing happens that is seen outside a component. A component that is quiet sleeps,
 * whatever the others do: for as long as it knows, unless they disturb it, or until they ring its bell. The others go
 * through each cycle, or, when all of them are quiet, skip to the next cycle in which one is not.
 */
final class FastEngine implements Mover {
    /** A quiet time from which on sleeping is worth its trouble. */
    private static final long NAP = 2;

    private final Chip chip;
    private final Clocked[] components;
    private final Bell[] bells;
    /** Where the bells of those hang who wait, and where those of the others. */
    private final Bell.Tower tower = new Bell.Tower();
    private final Bell.Tower nowhere = new Bell.Tower();
    private final Rest rest = new Rest();
    /** The first cycle that a sleeper has not yet gone through. */
    private final long[] asleepFrom;
    /** The first cycle that a sleeper must go through, {@link Clocked#FOREVER} if it waits for its bell. */
    private final long[] wakes;
    /** The components in three groups: those awake, those that know when they wake, those that wait for their bell. */
    private final Group awake;
    private final Group sleeping;
    private final Group waiting;
    private long now;
    private boolean moved = true;

    FastEngine(Chip chip) {
        this.chip = chip;
        this.components = chip.components().toArray(Clocked[]::new);
        this.bells = Arrays.stream(components).map(Clocked::bell).toArray(Bell[]::new);
        Arrays.stream(bells).forEach(bell -> bell.hang(nowhere));
        this.asleepFrom = new long[components.length];
        this.wakes = new long[components.length];
        this.awake = new Group(components.length);
        this.sleeping = new Group(components.length);
        this.waiting = new Group(components.length);
        for (int i = 0; i < components.length; i++) {
            awake.add(i);
        }
    }

    /** Some components, by their numbers. */
    private static final class Group {
        private final int[] members;
        private int size;

        Group(int most) {
            members = new int[most];
        }

        void add(int component) {
            members[size++] = component;
        }

        /** Takes out the member at an index; the last one takes its place. */
        void remove(int index) {
            members[index] = members[--size];
        }
    }

    /** What moves besides the only component that is awake. */
    private final class Rest implements Clocked.Rest {
        private boolean moved;

        @Override
        public void tick(boolean itMoved) {
            moved |= itMoved;
            chip.tickDram();
        }

        @Override
        public void streamed(long cycles) {
            moved = true;
            chip.logDram(cycles);
        }

        @Override
        public void commit() {
            chip.commitShared();
        }

        @Override
        public void pass(long cycles) {
            chip.passShared(cycles);
        }

        @Override
        public boolean called() {
            return tower.rung() || chip.stirred();
        }

        @Override
        public long quiet() {
            return chip.dram().quiet();
        }

        @Override
        public void skip(long cycles) {
            chip.skipShared(cycles);
        }
    }

    @Override
    public void run(long cycles) {
        while (now < cycles && !chip.ended()) {
            long quiet = quiet();
            if (quiet < Clocked.FOREVER) {
                quiet = Math.min(quiet, cycles - now);
            }
            if (quiet > 0 && quiet < Clocked.FOREVER) {
                skip(quiet);
                moved = true;
            } else {
                boolean movedBefore = moved;
                long before = now;
                moved = awake.size == 1 ? alone(cycles) : cycle();
                if (!moved && !movedBefore && chip.dram().idle()) {
                    throw chip.deadlock();
                }
                chip.spend(now - before);
            }
        }
        wakeAll(sleeping);
        wakeAll(waiting);
    }

    /** Brings those that sleep up to the clock; before they sleep again, they are asked for how long. */
    private void wakeAll(Group group) {
        for (int i = 0; i < group.size; i++) {
            catchUp(group.members[i]);
            bells[group.members[i]].hang(nowhere);
            awake.add(group.members[i]);
        }
        group.size = 0;
    }

    /** Lets a sleeper go through what it has slept. */
    private void catchUp(int component) {
        if (asleepFrom[component] < now) {
            components[component].skip(now - asleepFrom[component]);
            asleepFrom[component] = now;
        }
    }

    /** For how many cycles nobody need be moved; {@link Clocked#FOREVER} if everybody waits for somebody. */
    private long quiet() {
        long quiet = Clocked.FOREVER;
        for (int i = awake.size - 1; i >= 0; i--) {
            int component = awake.members[i];
            long own = components[component].quiet();
            quiet = Math.min(quiet, own);
            if (own >= NAP) {
                awake.remove(i);
                asleepFrom[component] = now;
                wakes[component] = own < Clocked.FOREVER ? now + own : Clocked.FOREVER;
                (own < Clocked.FOREVER ? sleeping : waiting).add(component);
                bells[component].heard();
                if (own >= Clocked.FOREVER) {
                    bells[component].hang(tower);
                }
            }
        }
        for (int i = 0; i < sleeping.size; i++) {
            quiet = Math.min(quiet, wakes[sleeping.members[i]] - now);
        }
        if (quiet == 0 || quiet >= Clocked.FOREVER && chip.dram().idle()) {
            return quiet;
        }
        return Math.min(quiet, chip.dram().quiet());
    }

    private void skip(long cycles) {
        for (int i = 0; i < awake.size; i++) {
            components[awake.members[i]].skip(cycles);
        }
        chip.skip(cycles);
        now += cycles;
        wakeSleepers();
    }

    /** Cycles before a time in which only one component is awake. */
    private boolean alone(long end) {
        long most = end - now;
        for (int i = 0; i < sleeping.size; i++) {
            most = Math.min(most, wakes[sleeping.members[i]] - now);
        }
        rest.moved = sleeping.size > 0;
        now += components[awake.members[0]].alone(rest, most) - 1;
        boolean joined = joinCycle();
        endCycle();
        return joined || rest.moved;
    }

    private boolean cycle() {
        boolean any = sleeping.size > 0;
        for (int i = 0; i < awake.size; i++) {
            components[awake.members[i]].request();
        }
        for (int i = 0; i < awake.size; i++) {
            any |= components[awake.members[i]].tick();
        }
        chip.tickDram();
        any |= joinCycle();
        endCycle();
        return any;
    }

    private void endCycle() {
        for (int i = 0; i < awake.size; i++) {
            components[awake.members[i]].commit();
        }
        chip.commitShared();
        now++;
        wakeSleepers();
        wakeWaiting();
    }

    /** Those whose bell rang before the third phase go through this cycle's second one, which is still one of waiting. */
    private boolean joinCycle() {
        boolean any = false;
        for (int i = tower.heard() ? waiting.size - 1 : -1; i >= 0; i--) {
            int component = waiting.members[i];
            if (bells[component].heard()) {
                catchUp(component);
                any |= components[component].tick();
                bells[component].hang(nowhere);
                waiting.remove(i);
                awake.add(component);
            }
        }
        return any;
    }

    /** Wakes those whose bell rang in the third phase. */
    private void wakeWaiting() {
        for (int i = tower.heard() ? waiting.size - 1 : -1; i >= 0; i--) {
            if (bells[waiting.members[i]].heard()) {
                catchUp(waiting.members[i]);
                bells[waiting.members[i]].hang(nowhere);
                awake.add(waiting.members[i]);
                waiting.remove(i);
            }
        }
    }

    /** Wakes those whose time has come, or who are disturbed, also by one who wakes. */
    private void wakeSleepers() {
        int before;
        do {
            before = sleeping.size;
            boolean stirred = chip.stirred();
            if (stirred) {
                chip.settled();
            }
            wakeSome(stirred);
        } while (sleeping.size < before && sleeping.size > 0);
    }

    private void wakeSome(boolean stirred) {
        for (int i = sleeping.size - 1; i >= 0; i--) {
            int component = sleeping.members[i];
            if (wakes[component] == now || stirred && components[component].disturbed()) {
                catchUp(component);
                awake.add(component);
                sleeping.remove(i);
            }
        }
    }
}
