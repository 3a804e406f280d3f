package metronome.core.protobuf;

import java.util.Optional;

/** How the value of a field is written; groups (3 and 4), which nobody uses any more, are not understood. */
enum WireType {
    /** Seven bits a byte, the lowest first. */
    VARINT(0, "a varint"),
    /** Eight bytes. */
    FIXED64(1, "8 bytes"),
    /** A varint with a length, and as many bytes. */
    LENGTH(2, "a length and bytes"),
    /** Four bytes. */
    FIXED32(5, "4 bytes");

    private final int code;
    private final String words;

    WireType(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /**
     * {@return the type of a code; empty if there is none}
     *
     * @param code the three lowest bits of a tag
     */
    static Optional<WireType> of(int code) {
        for (WireType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return words;
    }
}
