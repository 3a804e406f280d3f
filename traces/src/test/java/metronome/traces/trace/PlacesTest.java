package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Test;

/** Are neurons counted by row, column and channel, and back? */
class PlacesTest {
    @Test
    void placesCountChannelsFastest() {
        Shape shape = new Shape(3, 2, 5);
        int place = 0;
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 5; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    int neuron = (channel * 2 + row) * 5 + column;
                    assertEquals(place, Places.of(neuron, shape));
                    assertEquals(neuron, Places.neuron(place, shape));
                    place++;
                }
            }
        }
    }

    @Test
    void neuronsAreOrderedByTheirPlaces() {
        Shape shape = new Shape(3, 2, 5);
        Random random = new Random(8);
        for (int i = 0; i < 50; i++) {
            List<Integer> neurons = new ArrayList<>();
            for (int place = random.nextInt(4); place < shape.size(); place += 1 + random.nextInt(4)) {
                neurons.add(Places.neuron(place, shape));
            }
            int[] expected = neurons.stream().mapToInt(Integer::intValue).toArray();
            Collections.shuffle(neurons, random);
            int[] given = neurons.stream().mapToInt(Integer::intValue).toArray();
            int[] kept = given.clone();
            assertArrayEquals(expected, Places.ordered(given, shape), "seed 8, case " + i);
            assertArrayEquals(kept, given);
        }
    }
}
