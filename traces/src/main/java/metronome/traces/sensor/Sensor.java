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
    /**
     * Cameras of iniVation whose pixels are as many, by what their names begin with; programs write letters behind it (DAVIS346bsi,
     * Davis346red) and have changed them. DAVIS640H has four pixels of frames for one that sees events.
     * Source: cAER, {@code modules/misc/in/input_common.c} and {@code modules/ini/davis_common.h}.
     */
    private static final List<Sensor> FAMILIES = List.of(new Sensor("DVS128", 128, 128), new Sensor("DAVIS128", 128, 128),
            new Sensor("DAVIS208", 192, 208), new Sensor("DAVIS240", 180, 240), new Sensor("DAVIS346", 260, 346),
            new Sensor("DAVIS640H", 240, 320), new Sensor("DAVISHet640", 240, 320), new Sensor("DAVIS640", 480, 640));

    /**
     * {@return the camera of a name}
     *
     * @param name as a file has it: that of a family, and at most 20 letters; case does not matter
     */
    public static Optional<Sensor> named(String name) {
        return FAMILIES.stream().filter(family -> isOf(name, family.name)).findFirst()
                .map(family -> new Sensor(name, family.height, family.width));
    }

    /** {@return the families that are known, by name} */
    public static List<String> families() {
        return FAMILIES.stream().map(Sensor::name).toList();
    }

    /**
     * {@return whether it is of a family}
     *
     * @param family what its name begins with
     */
    boolean isOf(String family) {
        return isOf(name, family);
    }

    private static boolean isOf(String name, String family) {
        return name.matches("(?i)" + family + "[A-Z]{0,20}");
    }

    /** {@return whether it has such a pixel}
     *
     * @param row any
     * @param column any
     */
    boolean has(int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width;
    }

    /** {@return whether another one has as many rows and columns} */
    boolean asLargeAs(Sensor other) {
        return height == other.height && width == other.width;
    }

    /** {@return name and size, for messages} */
    String described() {
        return name + " of " + height + " x " + width + " pixels";
    }

    @Override
    public String toString() {
        return name;
    }
}
