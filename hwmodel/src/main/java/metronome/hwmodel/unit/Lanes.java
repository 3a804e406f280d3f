package metronome.hwmodel.unit;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of the kernels: the widest that the processor likes, of bytes half as wide, so that they widen to as many lanes of 16 bits;
 * one species for each type of element. Were there two of a type, calls of the library would see both classes, and the compiler could put
 * vectors on the heap that belong into registers.
 */
final class Lanes {
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class,
            VectorShape.forBitSize(ShortVector.SPECIES_PREFERRED.vectorBitSize() / 2));

    private Lanes() {
    }

    /** As many bytes as there are lanes of 16 bits, with their signs. */
    static ShortVector widened(byte[] bytes, int at) {
        return (ShortVector) ByteVector.fromArray(BYTES, bytes, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    }
}
