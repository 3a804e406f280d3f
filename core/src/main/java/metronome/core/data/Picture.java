package metronome.core.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;

/**
 * A picture of a known extent, decoded by the JDK. The extent that a file claims is looked at before anything of that
 * extent is allocated.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb red, green and blue of each pixel, unsigned bytes, row by row
 */
record Picture(int height, int width, byte[] rgb) {
    private static final int CHANNELS = 3;
    private static final long LARGEST_FILE = 64 << 20;

    /**
     * {@return the picture of a file}
     *
     * @param file to be read
     * @param format {@code "png"} or {@code "jpeg"}
     * @param height that it must have
     * @param width that it must have
     * @throws DataException if the file cannot be read, is damaged, has another extent, or is no picture of three channels
     *     (or one, taken for all three) of 8 bits
     */
    static Picture read(Path file, String format, int height, int width) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new DataException(file + ": " + Files.size(file) + " bytes, expected at most " + LARGEST_FILE);
            }
            try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
                reader.setInput(in, true, true);
                check(file, reader.getHeight(0), reader.getWidth(0), height, width);
                return new Picture(height, width, rgb(file, reader.read(0)));
            }
        } catch (IOException e) {
            String reason = Files.exists(file) ? AtomicFile.reason(e) : "no such file";
            throw new DataException(file + ": cannot be read as " + format + ": " + reason, e);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) { // the JDK's decoders meet damage with exceptions of many kinds
            throw new DataException(file + ": cannot be read as " + format + ": damaged (" + e + ")", e);
        } finally {
            reader.dispose();
        }
    }

    private static void check(Path file, int foundHeight, int foundWidth, int height, int width) {
        if (foundHeight != height || foundWidth != width) {
            throw new DataException(file + ": " + foundWidth + " pixels wide and " + foundHeight + " high, expected "
                    + width + " and " + height);
        }
    }

    private static byte[] rgb(Path file, BufferedImage image) {
        Raster raster = image.getRaster();
        SampleModel samples = raster.getSampleModel();
        int bands = samples.getNumBands();
        boolean indexed = image.getColorModel() instanceof java.awt.image.IndexColorModel;
        if (bands != 1 && bands != CHANNELS || indexed || samples.getSampleSize(0) != Byte.SIZE) {
            throw new DataException(file + ": " + bands + " channels of " + samples.getSampleSize(0) + " bits"
                    + (indexed ? " that point into a palette" : "") + ", expected red, green and blue, or grey, of 8 bits");
        }
        byte[] rgb = new byte[image.getHeight() * image.getWidth() * CHANNELS];
        int[] row = new int[image.getWidth() * bands];
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                for (int copies = bands == 1 ? CHANNELS : 1; copies > 0; copies--) {
                    rgb[to++] = (byte) row[i];
                }
            }
        }
        return rgb;
    }

    /**
     * Copies a rectangle, channel by channel.
     *
     * @param top its first row
     * @param left its first column
     * @param rows how many
     * @param columns how many
     * @param to receives 3 x rows x columns bytes
     * @param offset of the first
     */
    void copy(int top, int left, int rows, int columns, byte[] to, int offset) {
        int next = offset;
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int y = top; y < top + rows; y++) {
                for (int x = left; x < left + columns; x++) {
                    to[next++] = rgb[(y * width + x) * CHANNELS + channel];
                }
            }
        }
    }
}
