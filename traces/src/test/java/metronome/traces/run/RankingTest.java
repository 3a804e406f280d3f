package metronome.traces.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Is the place of the right class counted, among equals the first first? */
class RankingTest {
    @Test
    void countsWhatComesBefore() {
        double[] outputs = {1, 3, 2, 3};
        assertEquals(3, Ranking.place(outputs, 0));
        assertEquals(0, Ranking.place(outputs, 1));
        assertEquals(2, Ranking.place(outputs, 2));
        assertEquals(1, Ranking.place(outputs, 3));
    }

    @Test
    void sharesAreOfAllImages() {
        Ranking ranking = new Ranking(new int[] {0, 4, 5, 9});
        assertEquals(0.25, ranking.within(1));
        assertEquals(0.5, ranking.within(5));
        assertEquals(0.75, ranking.within(6));
    }
}
