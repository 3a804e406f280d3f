package metronome.traces.workload;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.WholeNumber;
import metronome.core.spiking.SpikeTrain;

/** Spikes of the input of neurons that may spike many times, as CSV (docs/formats.md). */
public final class SpikeTrainCsv {
    private static final String INPUT = "step,neuron";

    private SpikeTrainCsv() {
    }

    /**
     * {@return the spikes of an input, those of a step in the order of the file}
     *
     * @param file the heading {@code step,neuron}, then a line a spike, ordered by step
     * @param neurons how many the input has
     * @param lastStep T
     * @throws DataException naming file, line, value and expectation of the first fault
     */
    public static SpikeTrain read(Path file, int neurons, int lastStep) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return new Reading(file.toString(), neurons, lastStep).of(in);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": no spikes: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /** A file being read. */
    private static final class Reading {
        private final String source;
        private final int neurons;
        private final IntStream.Builder[] spikes;
        /** For each neuron the step at which it spiked last, counted from 1; 0 for none. */
        private final int[] last;
        private int line;
        private int step;

        Reading(String source, int neurons, int lastStep) {
            this.source = source;
            this.neurons = neurons;
            this.spikes = IntStream.rangeClosed(0, lastStep).mapToObj(_ -> IntStream.builder())
                    .toArray(IntStream.Builder[]::new);
            this.last = new int[neurons];
        }

        SpikeTrain of(BufferedReader in) throws IOException {
            String text = CsvText.firstLine(in);
            line++;
            if (text == null || !text.equals(INPUT)) {
                throw fault(text == null ? "no line, expected \"" + INPUT + "\"" : CsvText.fault(INPUT, text));
            }
            for (text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                row(text);
            }
            return new SpikeTrain(Arrays.stream(spikes).map(b -> b.build().toArray()).toArray(int[][]::new));
        }

        private void row(String text) {
            int comma = text.indexOf(',');
            if (CsvText.tooLong(text) || comma < 0 || comma != text.lastIndexOf(',')) {
                throw fault(CsvText.cells("two", INPUT, text));
            }
            int at = whole("step", text.substring(0, comma), spikes.length - 1);
            int neuron = whole("neuron", text.substring(comma + 1), neurons - 1);
            if (at < step) {
                throw fault("spikes must come ordered by step: " + at + " after " + step);
            }
            if (last[neuron] == at + 1) {
                throw fault("neuron " + neuron + " spikes twice at step " + at);
            }
            step = at;
            last[neuron] = at + 1;
            spikes[at].add(neuron);
        }

        private int whole(String what, String cell, int most) {
            return (int) WholeNumber.of(cell, 0, most).orElseThrow(() -> fault(CsvText.outside(what, most, cell)));
        }

        private DataException fault(String message) {
            return new DataException(source + ":" + line + ": " + message);
        }
    }

    /**
     * Writes the spikes of an input, so that {@link #read} gives them back.
     *
     * @param file the destination, which appears whole
     * @param train any
     * @throws DataException if it cannot be written
     */
    public static void write(Path file, SpikeTrain train) {
        AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            writer.write(INPUT + "\n");
            for (int k = 0; k <= train.lastStep(); k++) {
                for (int neuron : train.neurons()[k]) {
                    writer.write(k + "," + neuron + "\n");
                }
            }
            writer.flush();
        });
    }
}
