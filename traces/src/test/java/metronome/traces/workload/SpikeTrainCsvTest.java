package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Are spike trains read back in their order, and does each fault end in one message? */
class SpikeTrainCsvTest {
    @TempDir
    private Path directory;

    @Test
    void anInputReadsBackInItsOrder() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int neurons = random.nextInt(1, 30);
            SpikeTrain train = SpikeTrain.random(random, neurons, random.nextInt(0, 20), random.nextDouble());
            for (int[] step : train.neurons()) {
                List<Integer> order = Arrays.asList(Arrays.stream(step).boxed().toArray(Integer[]::new));
                Collections.shuffle(order, new Random(seed));
                Arrays.setAll(step, order::get);
            }
            Path file = directory.resolve("in.csv");
            SpikeTrainCsv.write(file, train);
            assertEquals(train, SpikeTrainCsv.read(file, neurons, train.lastStep()), "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            step,neuron | neuron,step    | 1: expected the line "step,neuron", found "neuron,step"
            1,4         | 1,5            | 4: neuron must be a whole number in [0, 4]: 5
            1,4         | 1,-1           | 4: neuron must be a whole number in [0, 4]: -1
            1,4         | 4,4            | 4: step must be a whole number in [0, 3]: 4
            1,4         | 1              | 4: expected two numbers step,neuron, found "1"
            1,4         | 1,4,1          | 4: expected two numbers step,neuron, found "1,4,1"
            1,4         | 1,x            | 4: neuron must be a whole number in [0, 4]: x
            1,4         | +1,4           | 4: step must be a whole number in [0, 3]: +1
            1,4         | 1,+4           | 4: neuron must be a whole number in [0, 4]: +4
            0,2         | 0,-0           | 3: neuron must be a whole number in [0, 4]: -0
            1,4         | 1,\u0664      | 4: neuron must be a whole number in [0, 4]: \u0664
            3,4         | 0,4            | 5: spikes must come ordered by step: 0 after 1
            0,2         | 0,0            | 3: neuron 0 spikes twice at step 0
            """)
    void faultsNameLineAndExpectation(String good, String bad, String expected) throws Exception {
        Path file = Files.writeString(directory.resolve("f.csv"), "step,neuron\n0,0\n0,2\n1,4\n3,4\n".replace(good, bad));
        assertEquals(file + ":" + expected, assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 5, 3)).getMessage());
    }

    @Test
    void aRangeOfOneNumberIsThatNumber() throws Exception {
        Path file = Files.writeString(directory.resolve("f.csv"), "step,neuron\n0,1\n");
        assertEquals(file + ":2: neuron must be 0, as there is no other: 1", assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 1, 3)).getMessage());
        Files.writeString(file, "step,neuron\n0, 1\n");
        assertEquals(file + ":2: neuron must be a whole number in [0, 2], without blanks:  1",
                assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 3, 0)).getMessage());
        Files.writeString(file, "step,neuron\n\"0\",\"1\"\n");
        assertEquals(file + ":2: step must be a whole number in [0, 4], without quotes: \"0\"",
                assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 3, 4)).getMessage());
        Files.writeString(file, "step,neuron\n,1\n");
        assertEquals(file + ":2: step must be 0, as there is no other: \"\"", assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 3, 0)).getMessage());
    }

    @Test
    void emptyFilesAndMarksBeforeTheText() throws Exception {
        Path file = Files.writeString(directory.resolve("f.csv"), "\ufeffstep,neuron\n0,4\n");
        assertEquals(1, SpikeTrainCsv.read(file, 5, 3).spikes());
        Files.writeString(file, "");
        assertEquals(file + ":1: no line, expected \"step,neuron\"",
                assertThrows(DataException.class, () -> SpikeTrainCsv.read(file, 5, 3)).getMessage());
    }

    @Test
    void noDamageEscapesAsAnotherException() throws Exception {
        long seed = 616_161;
        System.out.println("SpikeTrainCsvTest seed " + seed);
        Random random = new Random(seed);
        String good = "step,neuron\n0,0\n0,2\n1,4\n3,4\n";
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.getBytes();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(directory.resolve("d.csv"), bytes);
            try {
                SpikeTrainCsv.read(file, 5, 3);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(file + ":"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 1500, "refused only " + refused);
        assertThrows(DataException.class, () -> SpikeTrainCsv.read(directory.resolve("none"), 5, 3));
    }
}
