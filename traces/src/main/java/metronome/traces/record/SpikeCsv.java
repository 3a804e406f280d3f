package metronome.traces.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import metronome.core.code.TemporalCode;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * Records as CSV (docs/formats.md): comment lines with whose spikes these are, the line {@code image,layer,neuron,step},
 * one line a spike ordered by image, layer and neuron, and a last comment with the number of spikes, by which a file that
 * was cut short is known.
 */
public final class SpikeCsv {
    static final String MAGIC = "# metronome spikes 1";
    static final String COLUMNS = "image,layer,neuron,step";
    static final String END = "# end ";

    private SpikeCsv() {
    }

    /**
     * Writes a record; the same record gives the same bytes.
     *
     * @param file the destination, which appears whole
     * @param record any
     * @throws DataException if it cannot be written
     */
    public static void write(Path file, SpikeRecord record) {
        AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            writeTo(writer, record);
            writer.flush();
        });
    }

    static void writeTo(Writer out, SpikeRecord record) throws IOException {
        SpikeRecord.Header header = record.header();
        out.write(MAGIC + "\n");
        out.write("# network " + header.network() + "\n");
        out.write("# network-sha256 " + header.networkHash() + "\n");
        out.write("# dataset " + header.dataset() + "\n");
        out.write("# steps " + header.steps() + "\n");
        out.write("# time-constant-steps " + header.timeConstant() + "\n");
        if (header.leak().lazy()) {
            out.write("# leak lazy " + header.leak().powerEntries() + "\n");
        }
        out.write("# layers " + header.layers().stream().map(l -> l.name() + ":" + l.shape())
                .collect(Collectors.joining(" ")) + "\n");
        out.write("# images " + record.images().size() + "\n");
        out.write(COLUMNS + "\n");
        long spikes = 0;
        for (int image = 0; image < record.images().size(); image++) {
            int[][] steps = record.images().get(image);
            for (int layer = 0; layer < steps.length; layer++) {
                for (int neuron = 0; neuron < steps[layer].length; neuron++) {
                    if (steps[layer][neuron] != TemporalCode.SILENT) {
                        out.write(image + "," + layer + "," + neuron + "," + steps[layer][neuron] + "\n");
                        spikes++;
                    }
                }
            }
        }
        out.write(END + spikes + "\n");
    }

    /**
     * {@return the record in a file}
     *
     * @param file as {@link #write} makes it
     * @throws DataException naming file, line, value and expectation of the first fault
     */
    public static SpikeRecord read(Path file) {
        return SpikeCsvReader.read(file);
    }

    /** {@return the shape that a text such as {@code 6x24x24} means; throws IllegalArgumentException if none} */
    static Shape shape(String text) {
        String[] extents = text.split("x", -1);
        if (extents.length != 3) {
            throw new IllegalArgumentException("expected channels x height x width");
        }
        return new Shape(Integer.parseInt(extents[0]), Integer.parseInt(extents[1]), Integer.parseInt(extents[2]));
    }
}
