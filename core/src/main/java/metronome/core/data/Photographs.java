package metronome.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * A directory of photographs, one of a class, to judge networks by that were trained on the thousand classes of ILSVRC
 * (Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", IJCV 2015). Its file {@code index.csv} names the
 * classes in the first column, which is headed {@code class}; the photograph of class 12 is {@code 256/0012.jpg}, a JPEG of
 * 256 x 256 pixels.
 */
public final class Photographs {
    /** Extent of a photograph, in pixels. */
    public static final int EXTENT = 256;
    /** How many classes ILSVRC has. */
    public static final int CLASSES = 1000;

    private static final String INDEX = "index.csv";
    private static final String HEADING = "class";
    private static final long LARGEST_INDEX = 1 << 20;

    private Photographs() {
    }

    /**
     * {@return the photographs as a data set without training images, called as the directory is: the middle of each, so large
     * as a network wants it, in red, green and blue}
     *
     * @param directory with {@code index.csv}
     * @param input of the network: 3 channels, at most 256 x 256
     * @throws DataException if the network wants something else, or a file is missing or damaged
     */
    public static Dataset read(Path directory, Shape input) {
        if (input.channels() != 3 || input.height() > EXTENT || input.width() > EXTENT) {
            throw new DataException(directory + ": photographs of 3 x " + EXTENT + " x " + EXTENT
                    + " cannot be cut to the network's input of " + input);
        }
        int[] labels = classes(directory.resolve(INDEX));
        byte[] images = new byte[Math.multiplyExact(labels.length, input.size())];
        IntStream.range(0, labels.length).parallel().forEach(i -> Picture
                .read(directory.resolve("256/%04d.jpg".formatted(labels[i])), "jpeg", EXTENT, EXTENT)
                .copy((EXTENT - input.height()) / 2, (EXTENT - input.width()) / 2, input.height(), input.width(), images,
                        i * input.size()));
        return Dataset.forEvaluation(directory.toAbsolutePath().normalize().getFileName().toString(), CLASSES,
                new Samples(input, images, labels));
    }

    private static int[] classes(Path index) {
        List<String> lines = lines(index);
        if (lines.size() < 2 || !first(lines.getFirst()).equals(HEADING)) {
            throw new DataException(index + ": line 1: expected a first column headed \"" + HEADING
                    + "\", and a photograph a line below it");
        }
        SequencedSet<Integer> classes = new LinkedHashSet<>();
        for (int line = 1; line < lines.size(); line++) {
            String place = index + ": line " + (line + 1) + ": ";
            if (!classes.add(number(place, first(lines.get(line))))) {
                throw new DataException(place + "class " + first(lines.get(line)) + " a second time, expected one photograph a class");
            }
        }
        return classes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> lines(Path index) {
        try {
            if (Files.size(index) > LARGEST_INDEX) {
                throw new DataException(index + ": " + Files.size(index) + " bytes, expected at most " + LARGEST_INDEX);
            }
            return Files.readString(index, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw AtomicFile.unreadable(index, e);
        }
    }

    private static String first(String line) {
        int comma = line.indexOf(',');
        return comma < 0 ? line : line.substring(0, comma);
    }

    private static int number(String place, String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new DataException(place + "class \"" + text + "\", expected a number in [0, " + (CLASSES - 1) + "]");
        }
        return Integer.parseInt(text);
    }
}
