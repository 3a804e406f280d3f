package metronome.core.onnx;

import java.util.Optional;

/**
 * A window that slides along one direction of an image.
 *
 * @param extent of the image
 * @param taps of the kernel
 * @param dilation distance of neighbouring taps
 * @param stride distance of neighbouring positions
 * @param before cells of padding before the image
 * @param after cells of padding behind it
 * @param ceiling whether a last position counts that passes the padding
 */
record Track(int extent, int taps, int dilation, int stride, int before, int after, boolean ceiling) {
    /**
     * Taps of zeros around a kernel.
     *
     * @param front before the first tap
     * @param behind behind the last one
     */
    record Growth(int front, int behind) {
        int sum() {
            return front + behind;
        }
    }

    /** {@return cells from the first tap to the last} */
    int span() {
        return (taps - 1) * dilation + 1;
    }

    /**
     * {@return how many positions there are, 0 or less if the kernel does not fit; one that would begin behind the image
     * is none}
     */
    int positions() {
        int way = extent + before + after - span();
        int strides = ceiling ? Math.ceilDiv(way, stride) : Math.floorDiv(way, stride);
        return (ceiling && strides * stride >= extent + before ? strides - 1 : strides) + 1;
    }

    /** {@return the padding behind the image that the last position needs, negative where it ends before the image does} */
    int needed() {
        return (positions() - 1) * stride + span() - extent - before;
    }

    /** {@return whether a window reaches a cell outside of the image} */
    boolean touchesPadding() {
        return before > 0 || needed() > 0;
    }

    /**
     * {@return the same positions, of which there is one, at another stride}
     *
     * @param other at least 1
     */
    Track strided(int other) {
        return new Track(extent, taps, dilation, other, before, needed(), false);
    }

    /**
     * {@return this with the taps of a kernel of one tap, which have no distance, at another one}
     *
     * @param other at least 1
     */
    Track dilated(int other) {
        return new Track(extent, taps, other, stride, before, after, ceiling);
    }

    /**
     * {@return the taps of zeros with which the kernel gives the same under a padding that is the same on both sides, if
     * there are any}
     *
     * @param padding on both sides
     */
    Optional<Growth> grown(int padding) {
        int front = padding - before;
        int spare = Math.max(0, padding - (needed() + stride - 1));
        int behind = Math.ceilDiv(spare, dilation) * dilation;
        boolean enough = padding - behind >= needed();
        return front >= 0 && front % dilation == 0 && enough ? Optional.of(new Growth(front / dilation, behind / dilation))
                : Optional.empty();
    }
}
