package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stages need, one after the other: stages that follow each other with the same object make a run; stages that need
 * nothing do not break it.
 */
final class Runs<T> {
    private final List<T> items = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final List<Integer> lasts = new ArrayList<>();
    private final int[] runOf;
    private int issued;

    Runs(List<Optional<T>> needs) {
        runOf = new int[needs.size()];
        for (int s = 0; s < runOf.length; s++) {
            int stage = s;
            runOf[s] = -1;
            needs.get(s).ifPresent(item -> add(stage, item));
        }
    }

    private void add(int stage, T item) {
        if (items.isEmpty() || items.getLast() != item) {
            items.add(item);
            firsts.add(stage);
            lasts.add(stage);
        }
        lasts.set(lasts.size() - 1, stage);
        runOf[stage] = items.size() - 1;
    }

    int count() {
        return items.size();
    }

    T item(int run) {
        return items.get(run);
    }

    /** The first stage of a run. */
    int first(int run) {
        return firsts.get(run);
    }

    /** The run of a stage; -1 if it needs nothing. */
    int run(int stage) {
        return runOf[stage];
    }

    boolean begins(int stage) {
        return runOf[stage] >= 0 && firsts.get(runOf[stage]) == stage;
    }

    boolean ends(int stage) {
        return runOf[stage] >= 0 && lasts.get(runOf[stage]) == stage;
    }

    /** Marks a run as issued; returns whether it was not yet. Runs are issued in their order. */
    boolean issue(int run) {
        if (run < issued) {
            return false;
        }
        issued = run + 1;
        return true;
    }
}
