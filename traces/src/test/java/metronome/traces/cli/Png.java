package metronome.traces.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A picture as a browser writes it: PNG (ISO/IEC 15948), 8 bits a sample, red, green, blue and perhaps opacity, not interlaced.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb row by row
 */
record Png(int width, int height, int[] rgb) {
    private static final int SIGNATURE_BYTES = 8;
    private static final int IMAGE_DATA = 0x49444154;

    static Png read(byte[] file) throws DataFormatException {
        ByteBuffer in = ByteBuffer.wrap(file);
        int width = in.getInt(SIGNATURE_BYTES + 8);
        int height = in.getInt(SIGNATURE_BYTES + 12);
        int samples = in.get(SIGNATURE_BYTES + 17) == 6 ? 4 : 3;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int at = SIGNATURE_BYTES; at < file.length; at += 12 + in.getInt(at)) {
            if (in.getInt(at + 4) == IMAGE_DATA) {
                packed.write(file, at + 8, in.getInt(at));
            }
        }
        byte[] lines = new byte[height * (1 + width * samples)];
        Inflater inflater = new Inflater();
        inflater.setInput(packed.toByteArray());
        inflater.inflate(lines);
        inflater.end();
        return new Png(width, height, pixels(lines, width, height, samples));
    }

    private static int[] pixels(byte[] lines, int width, int height, int samples) {
        int[] rgb = new int[width * height];
        int stride = width * samples;
        int[] above = new int[stride + samples];
        for (int y = 0; y < height; y++) {
            int[] line = new int[stride + samples];
            int start = y * (stride + 1);
            for (int i = samples; i < line.length; i++) {
                line[i] = lines[start + 1 + i - samples] + predicted(lines[start], line[i - samples], above[i], above[i - samples]) & 0xff;
            }
            for (int x = 0; x < width; x++) {
                int at = samples * (x + 1);
                rgb[y * width + x] = line[at] << 16 | line[at + 1] << 8 | line[at + 2];
            }
            above = line;
        }
        return rgb;
    }

    /** From the samples to the left, above, and above to the left. */
    private static int predicted(int filter, int left, int above, int corner) {
        return switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            case 4 -> paeth(left, above, corner);
            default -> throw new IllegalArgumentException("no filter of PNG: " + filter);
        };
    }

    private static int paeth(int left, int above, int corner) {
        int toLeft = Math.abs(above - corner);
        int toAbove = Math.abs(left - corner);
        int toCorner = Math.abs(left + above - 2 * corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /** How many pixels have a colour. */
    long count(int colour) {
        return java.util.Arrays.stream(rgb).filter(pixel -> pixel == colour).count();
    }
}
