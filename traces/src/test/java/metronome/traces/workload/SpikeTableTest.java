package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Are spikes as text read, whatever their order, and are faults told with their line? */
class SpikeTableTest {
    private static final List<Shape> SHAPES = List.of(new Shape(1, 2, 3), Shape.vector(4));
    private static final String HEADING = "image,layer,neuron,step\n";

    @TempDir
    private Path directory;

    private Path file(String text) {
        try {
            return Files.writeString(directory.resolve("spikes.csv"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void readsNeuronsThatSpikeManyTimes() {
        SpikeTable table = SpikeTable.read(file("# of a tool\n" + HEADING + "0,1,3,2\n0,0,5,0\n# more\n0,0,0,0\n0,0,5,1\n1,0,2,4\n"), SHAPES);
        assertEquals(2, table.images());
        assertEquals(4, table.lastStep());
        assertArrayEquals(new int[][] {{0, 5}, {5}, {}}, table.train(0, 0, 2).neurons());
        assertArrayEquals(new int[][] {{}, {}, {3}}, table.train(0, 1, 2).neurons());
        assertArrayEquals(new int[][] {{}, {}, {}, {}, {2}, {}}, table.train(1, 0, 5).neurons());
        assertEquals(0, table.train(1, 1, 4).spikes());
    }

    @Test
    void emptyFilesAndMarksBeforeTheText() {
        Path empty = file("");
        assertEquals(empty + ":1: no spikes, expected the line \"image,layer,neuron,step\" and a line a spike",
                assertThrows(DataException.class, () -> SpikeTable.read(empty, SHAPES)).getMessage());
        assertEquals(1, SpikeTable.read(file("\ufeff" + HEADING + "0,1,3,2\n"), SHAPES).images());
        assertEquals(1, SpikeTable.read(file("\ufeff# of a tool\n" + HEADING + "0,1,3,2\n"), SHAPES).images());
        Path second = file(HEADING + "\ufeff0,1,3,2\n");
        assertTrue(assertThrows(DataException.class, () -> SpikeTable.read(second, SHAPES)).getMessage().startsWith(second + ":2: image must be "));
    }

    @Test
    void theOrderWithinAnImageDoesNotMatter() {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            SpikeTrain input = SpikeTrain.random(random, 6, 9, 0.3);
            SpikeTrain output = SpikeTrain.random(random, 4, 9, 0.3);
            List<String> lines = new ArrayList<>(List.of("0,0,0,9\n"));
            for (int k = 0; k <= 8; k++) {
                for (int neuron : input.neurons()[k]) {
                    lines.add("0,0," + neuron + "," + k + "\n");
                }
                for (int neuron : output.neurons()[k]) {
                    lines.add("0,1," + neuron + "," + k + "\n");
                }
            }
            Collections.shuffle(lines, new Random(seed + i));
            SpikeTable table = SpikeTable.read(file(HEADING + String.join("", lines)), SHAPES);
            input.neurons()[9] = new int[1];
            output.neurons()[9] = new int[0];
            assertEquals(input, table.train(0, 0, 9), "seed " + seed + ", case " + i);
            assertEquals(output, table.train(0, 1, 9), "seed " + seed + ", case " + i);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "step,neuron | 1: expected the line \"image,layer,neuron,step\", found \"step,neuron\"",
        "# a;Image,layer,neuron,step | 2: expected the line \"image,layer,neuron,step\", found \"Image,layer,neuron,step\"",
        "image,layer,neuron,step,and,so,on,and,so,on,and,so,on,and,so,on | 1: expected the line \"image,layer,neuron,step\", found "
            + "\"image,layer,neuron,step,and,so,on,and,so,on,and,so,on,and...\"",
        "image,layer,neuron,step | 1: no spikes, expected the line \"image,layer,neuron,step\" and a line a spike",
        "image,layer,neuron,step;0,0,0 | 2: expected four numbers image,layer,neuron,step, found \"0,0,0\"",
        "image,layer,neuron,step;1,0,0,0 | 2: image must be 0 in the first line of spikes: 1",
        "image,layer,neuron,step;0,0,0,0;2,0,0,0 | 3: image must be 0, as in the line before, or 1: 2",
        "image,layer,neuron,step;0,0,0,0;1,0,0,0;0,0,1,0 | 4: image must be 1, as in the line before, or 2: 0",
        "image,layer,neuron,step;0,2,0,0 | 2: layer must be a whole number in [0, 1]: 2",
        "image,layer,neuron,step;0,1,4,0 | 2: neuron must be a whole number in [0, 3]: 4",
        "image,layer,neuron,step;0,0,0,1001 | 2: step must be a whole number in [0, 1000]: 1001",
        "image,layer,neuron,step;0,0,0,x | 2: step must be a whole number in [0, 1000]: x",
        "image,layer,neuron,step;+0,0,0,0 | 2: image must be 0 in the first line of spikes: +0",
        "image,layer,neuron,step;0,-0,0,0 | 2: layer must be a whole number in [0, 1]: -0",
        "image,layer,neuron,step;0,0,+1,0 | 2: neuron must be a whole number in [0, 5]: +1",
        "image,layer,neuron,step;0,0,0,\u0661 | 2: step must be a whole number in [0, 1000]: \u0661",
        "image,layer,neuron,step;0,1,2,7;0,0,0,0;0,1,2,7;1,0,0,0 | 5: image 0, which ends here: neuron 2 of layer 1 spikes twice at step 7"})
    void faultsHaveTheirLine(String lines, String message) {
        Path file = file(lines.replace(';', '\n') + "\n");
        assertEquals(file + ":" + message, assertThrows(DataException.class, () -> SpikeTable.read(file, SHAPES)).getMessage());
    }
}
