package metronome.traces.sensor;

import java.util.List;
import java.util.Optional;

/**
 * An event camera.
 *
 * @param name as files call it
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record Sensor(String name, int height, int width) {
    /** The cameras that are known by name: those of iniVation, and that of N-MNIST, cut to its recordings. */
    public static final List<Sensor> KNOWN = List.of(new Sensor("N-MNIST", 34, 34), new Sensor("DVS128", 128, 128),
            new Sensor("DAVIS240A", 180, 240), new Sensor("DAVIS240B", 180, 240), new Sensor("DAVIS240C", 180, 240),
            new Sensor("DAVIS346A", 260, 346), new Sensor("DAVIS346B", 260, 346), new Sensor("DAVIS346C", 260, 346),
            new Sensor("DAVIS640", 480, 640));

    /**
     * {@return the camera of a name}
     *
     * @param name one of {@link #KNOWN}
     */
    public static Optional<Sensor> named(String name) {
        return KNOWN.stream().filter(sensor -> sensor.name.equals(name)).findFirst();
    }

    /** {@return whether it has such a pixel}
     *
     * @param row any
     * @param column any
     */
    boolean has(int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width;
    }

    @Override
    public String toString() {
        return name + " of " + height + " x " + width + " pixels";
    }
}
