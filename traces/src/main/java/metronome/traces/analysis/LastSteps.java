package metronome.traces.analysis;

import java.util.Arrays;

/** The last step at which each neuron of a layer spiked; takes room for those alone that do, and their neighbours. */
final class LastSteps {
    private static final int PAGE = 1 << 12;
    private static final int NONE = -1;

    private final int[][] pages;

    /**
     * Creates it for neurons of which none has spiked.
     *
     * @param neurons how many
     */
    LastSteps(int neurons) {
        pages = new int[Math.ceilDiv(neurons, PAGE)][];
    }

    /** Notes a spike; returns the step of the one before, or -1 if there is none. */
    int replace(int neuron, int step) {
        int[] page = pages[neuron / PAGE];
        if (page == null) {
            page = new int[PAGE];
            Arrays.fill(page, NONE);
            pages[neuron / PAGE] = page;
        }
        int before = page[neuron % PAGE];
        page[neuron % PAGE] = step;
        return before;
    }

    /** Forgets all spikes. */
    void clear() {
        for (int[] page : pages) {
            if (page != null) {
                Arrays.fill(page, NONE);
            }
        }
    }
}
