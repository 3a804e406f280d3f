package metronome.traces.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.WholeNumber;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;

/**
 * Spikes as text: the line {@code image,layer,neuron,step}, then a line a spike, those of an image together, images numbered from 0 on.
 * Lines that begin with {@code #} are comments. A neuron may spike many times, but once at a step.
 */
public final class SpikeTable {
    private static final String HEADING = "image,layer,neuron,step";
    private static final int MOST_STEP = 1000;
    private static final int STEP_SHIFT = 32;
    private static final int LAYER_SHIFT = 44;
    private static final int MOST_LAYERS = 1 << 12;

    private final List<Shape> shapes;
    private final List<long[]> images;
    private final int lastStep;

    private SpikeTable(List<Shape> shapes, List<long[]> images, int lastStep) {
        this.shapes = shapes;
        this.images = images;
        this.lastStep = lastStep;
    }

    /**
     * {@return the spikes of a file}
     *
     * @param file to read
     * @param shapes of the layers, the input first, at most 4096
     * @throws DataException naming file, line, value and expectation of the first fault
     */
    public static SpikeTable read(Path file, List<Shape> shapes) {
        if (shapes.size() > MOST_LAYERS) {
            throw new DataException(shapes.size() + " layers, expected at most " + MOST_LAYERS);
        }
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return new Reading(file.toString(), shapes).of(in);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": no spikes: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /** {@return how many images there are} */
    public int images() {
        return images.size();
    }

    /** {@return the last step at which a neuron of any image spikes} */
    public int lastStep() {
        return lastStep;
    }

    /** {@return the shapes of the layers} */
    public List<Shape> shapes() {
        return shapes;
    }

    /**
     * {@return the spikes of a layer of an image, those of a step by neuron}
     *
     * @param image from 0
     * @param layer from 0
     * @param last T, at least {@link #lastStep}
     */
    public SpikeTrain train(int image, int layer, int last) {
        long[] spikes = images.get(image);
        int[][] neurons = new int[last + 1][];
        for (int k = 0; k <= last; k++) {
            int from = first(spikes, layer, k);
            neurons[k] = Arrays.stream(spikes, from, first(spikes, layer, k + 1)).mapToInt(s -> (int) s).toArray();
        }
        return new SpikeTrain(neurons);
    }

    /** Where the spikes of a layer from a step on begin. */
    private static int first(long[] spikes, int layer, int step) {
        int place = Arrays.binarySearch(spikes, (long) layer << LAYER_SHIFT | (long) step << STEP_SHIFT);
        return place < 0 ? -place - 1 : place;
    }

    /** A file being read. */
    private static final class Reading {
        private final String source;
        private final List<Shape> shapes;
        private final List<long[]> images = new ArrayList<>();
        private long[] spikes = new long[16];
        private int count;
        private int lastStep;
        private int line;

        Reading(String source, List<Shape> shapes) {
            this.source = source;
            this.shapes = shapes;
        }

        SpikeTable of(BufferedReader in) throws IOException {
            boolean heading = false;
            for (String text = CsvText.firstLine(in); text != null; text = in.readLine()) {
                line++;
                if (text.startsWith("#")) {
                    continue;
                }
                if (heading) {
                    row(text);
                } else if (text.equals(HEADING)) {
                    heading = true;
                } else {
                    throw fault(CsvText.fault(HEADING, text));
                }
            }
            endImage();
            if (images.isEmpty()) {
                throw fault("no spikes, expected the line \"" + HEADING + "\" and a line a spike");
            }
            return new SpikeTable(List.copyOf(shapes), images, lastStep);
        }

        private void row(String text) {
            String[] cells = CsvText.tooLong(text) ? new String[0] : text.split(",", -1);
            if (cells.length != 4) {
                throw fault(CsvText.cells("four", HEADING, text));
            }
            if (image(cells[0]) > images.size()) {
                endImage();
            }
            int layer = whole("layer", cells[1], shapes.size() - 1);
            int neuron = whole("neuron", cells[2], shapes.get(layer).size() - 1);
            int step = whole("step", cells[3], MOST_STEP);
            lastStep = Math.max(lastStep, step);
            spikes = count == spikes.length ? Arrays.copyOf(spikes, 2 * count) : spikes;
            spikes[count++] = (long) layer << LAYER_SHIFT | (long) step << STEP_SHIFT | neuron;
        }

        /** The same image as in the line before, or the next; 0 in the first line. */
        private int image(String cell) {
            int current = images.size();
            return (int) WholeNumber.of(cell, current, count == 0 ? current : current + 1).orElseThrow(() -> fault(CsvText.outside("image",
                    count == 0 ? "0 in the first line of spikes" : current + ", as in the line before, or " + (current + 1), cell)));
        }

        private void endImage() {
            if (count == 0) {
                return;
            }
            long[] sorted = Arrays.copyOf(spikes, count);
            Arrays.sort(sorted);
            IntStream.range(1, count).filter(i -> sorted[i] == sorted[i - 1]).findFirst().ifPresent(i -> {
                throw fault("image " + images.size() + ", which ends here: neuron " + (int) sorted[i] + " of layer "
                        + (sorted[i] >> LAYER_SHIFT) + " spikes twice at step " + (sorted[i] >> STEP_SHIFT & 0xfff));
            });
            images.add(sorted);
            count = 0;
        }

        private int whole(String what, String cell, int most) {
            return (int) WholeNumber.of(cell, 0, most).orElseThrow(() -> fault(CsvText.outside(what, most, cell)));
        }

        private DataException fault(String message) {
            return new DataException(source + ":" + Math.max(line, 1) + ": " + message);
        }
    }
}
