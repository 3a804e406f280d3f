package metronome.hwmodel.mesh;

/**
 * What one core tells others: an event, mostly.
 *
 * @param cores to which it goes, bit n for core n; not empty
 * @param tag 16 bits that the receiver understands, such as region and step
 * @param payload 32 bits, such as an event
 * @param layer to which its flits are counted
 */
public record Message(long cores, int tag, int payload, int layer) {
    /** Checks that there is somebody to whom it goes. */
    public Message {
        if (cores == 0) {
            throw new IllegalArgumentException("a message must go to at least one core");
        }
        if (tag >>> 16 != 0) {
            throw new IllegalArgumentException("must be in [0, 65535]: tag=" + tag);
        }
    }

    /** The same for some of its cores. */
    Message to(long some) {
        return some == cores ? this : new Message(some, tag, payload, layer);
    }
}
