package metronome.hwmodel.unit;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of the kernels: the widest that the processor likes, one species for each type of element, and one of bytes that are
 * widened. Were there two of a type that kernels compute with, calls of the library would see both classes, and the compiler could put
 * vectors on the heap that belong into registers.
 */
final class Lanes {
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> HALVES = VectorSpecies.of(byte.class,
            VectorShape.forBitSize(ShortVector.SPECIES_PREFERRED.vectorBitSize() / 2));

    private Lanes() {
    }

    /** As many bytes as there are lanes of 16 bits, with their signs. */
    static ShortVector widened(byte[] bytes, int at) {
        return (ShortVector) ByteVector.fromArray(HALVES, bytes, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    }
}
