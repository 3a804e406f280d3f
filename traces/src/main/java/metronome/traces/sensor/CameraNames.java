package metronome.traces.sensor;

import java.util.List;
import java.util.Optional;

/**
 * Who says of which camera a recording is. The header does; a user may where it names none that is known, and does not contradict it.
 *
 * @param header what the header names
 * @param known the camera that this is, if it is a known one
 * @param given the camera that the user names
 */
record CameraNames(Optional<String> header, Optional<Sensor> known, Optional<Sensor> given) {
    /** How messages call the place where a user names a camera. */
    static final String OPTION = "--camera";

    /** {@return the camera, if anybody names one that is known} */
    Optional<Sensor> camera(ByteSource in) {
        if (known.isPresent() && given.isPresent() && !alike(known.get(), given.get())) {
            throw in.fault("the header names a " + known.get().described() + ", " + OPTION + " a " + given.get().described()
                    + ", expected the same, or no " + OPTION);
        }
        return known.or(() -> given);
    }

    /** As many pixels and, where addresses have a layout, the same one. */
    private static boolean alike(Sensor one, Sensor other) {
        Optional<AddressLayout> layout = AddressLayout.of(one);
        return one.asLargeAs(other) && (layout.isEmpty() || layout.equals(AddressLayout.of(other)));
    }

    /** {@return what is to be remarked where not the header says it} */
    List<String> notes(Sensor taken) {
        return known.isPresent() ? List.of() : List.of("the header names " + header.map(name -> "a \"" + ByteSource.shown(name) + "\"").orElse("no camera")
                + ": taken as a " + taken + given.map(_ -> ", as " + OPTION + " says").orElse(", " + OPTION + " names another"));
    }
}
