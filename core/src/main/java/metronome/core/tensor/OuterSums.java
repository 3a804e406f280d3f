package metronome.core.tensor;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a convolution's weights: for each weight the sum over places and samples of gradient times input. A
 * block of four outputs by five taps stays in registers while it runs over all places.
 */
final class OuterSums {
    private static final int LANES = Kernels.LANES;
    private static final int PARTS = ScalarKernels.PARTS;
    private static final int LENGTH = Tile.SPECIES.length();
    private static final int OUTPUTS = 4;
    private static final int TAPS = 5;

    private final Sliding s;
    private final int[] base;
    private final int[] offsets;
    private final float[] input;
    private final float[] gradient;
    private final int stride;
    private final float[] parts = new float[OUTPUTS * TAPS * PARTS];

    OuterSums(Sliding sliding, Taps taps, float[] input, float[] gradient) {
        s = sliding;
        base = taps.base();
        offsets = taps.offsets().getFirst();
        stride = s.places() * LANES;
        this.input = input;
        this.gradient = gradient;
    }

    void addTo(float[] weightGradient, float[] biasGradient) {
        for (int o = 0; o < s.outputs(); o += OUTPUTS) {
            for (int t = 0; t < s.taps(); t += TAPS) {
                for (int part = 0; part < PARTS; part += LENGTH) {
                    block(o, t, part);
                }
                add(weightGradient, o, t);
            }
            for (int i = o; i < Math.min(o + OUTPUTS, s.outputs()); i++) {
                biasGradient[i] += sum(i);
            }
        }
    }

    /** Blocks that pass the last output or tap compute that one again; what is too much is not added. */
    private void add(float[] weightGradient, int o, int t) {
        for (int i = 0; i < OUTPUTS && o + i < s.outputs(); i++) {
            for (int j = 0; j < TAPS && t + j < s.taps(); j++) {
                float sum = 0;
                for (int part = 0; part < PARTS; part++) {
                    sum += parts[(i * TAPS + j) * PARTS + part];
                }
                weightGradient[(o + i) * s.taps() + t + j] += sum;
            }
        }
    }

    private float sum(int output) {
        for (int part = 0; part < PARTS; part += LENGTH) {
            FloatVector sum = FloatVector.zero(Tile.SPECIES);
            for (int i = output * stride + part; i < (output + 1) * stride; i += PARTS) {
                sum = sum.add(FloatVector.fromArray(Tile.SPECIES, gradient, i));
            }
            sum.intoArray(parts, part);
        }
        float sum = 0;
        for (int part = 0; part < PARTS; part++) {
            sum += parts[part];
        }
        return sum;
    }

    private int output(int o) {
        return Math.min(o, s.outputs() - 1) * stride;
    }

    private int tap(int t) {
        return offsets[Math.min(t, offsets.length - 1)];
    }

    private void block(int o, int t, int part) {
        float[] x = input;
        float[] g = gradient;
        int[] places = base;
        int g0 = output(o) + part;
        int g1 = output(o + 1) + part;
        int g2 = output(o + 2) + part;
        int g3 = output(o + 3) + part;
        int t0 = tap(t) + part;
        int t1 = tap(t + 1) + part;
        int t2 = tap(t + 2) + part;
        int t3 = tap(t + 3) + part;
        int t4 = tap(t + 4) + part;
        FloatVector s00 = FloatVector.zero(Tile.SPECIES);
        FloatVector s01 = FloatVector.zero(Tile.SPECIES);
        FloatVector s02 = FloatVector.zero(Tile.SPECIES);
        FloatVector s03 = FloatVector.zero(Tile.SPECIES);
        FloatVector s04 = FloatVector.zero(Tile.SPECIES);
        FloatVector s10 = FloatVector.zero(Tile.SPECIES);
        FloatVector s11 = FloatVector.zero(Tile.SPECIES);
        FloatVector s12 = FloatVector.zero(Tile.SPECIES);
        FloatVector s13 = FloatVector.zero(Tile.SPECIES);
        FloatVector s14 = FloatVector.zero(Tile.SPECIES);
        FloatVector s20 = FloatVector.zero(Tile.SPECIES);
        FloatVector s21 = FloatVector.zero(Tile.SPECIES);
        FloatVector s22 = FloatVector.zero(Tile.SPECIES);
        FloatVector s23 = FloatVector.zero(Tile.SPECIES);
        FloatVector s24 = FloatVector.zero(Tile.SPECIES);
        FloatVector s30 = FloatVector.zero(Tile.SPECIES);
        FloatVector s31 = FloatVector.zero(Tile.SPECIES);
        FloatVector s32 = FloatVector.zero(Tile.SPECIES);
        FloatVector s33 = FloatVector.zero(Tile.SPECIES);
        FloatVector s34 = FloatVector.zero(Tile.SPECIES);
        for (int p = 0; p < places.length; p++) {
            for (int n = 0; n < LANES; n += PARTS) {
                int at = p * LANES + n;
                int from = places[p] + n;
                FloatVector d0 = FloatVector.fromArray(Tile.SPECIES, g, g0 + at);
                FloatVector d1 = FloatVector.fromArray(Tile.SPECIES, g, g1 + at);
                FloatVector d2 = FloatVector.fromArray(Tile.SPECIES, g, g2 + at);
                FloatVector d3 = FloatVector.fromArray(Tile.SPECIES, g, g3 + at);
                FloatVector v;
                v = FloatVector.fromArray(Tile.SPECIES, x, t0 + from);
                s00 = d0.fma(v, s00);
                s10 = d1.fma(v, s10);
                s20 = d2.fma(v, s20);
                s30 = d3.fma(v, s30);
                v = FloatVector.fromArray(Tile.SPECIES, x, t1 + from);
                s01 = d0.fma(v, s01);
                s11 = d1.fma(v, s11);
                s21 = d2.fma(v, s21);
                s31 = d3.fma(v, s31);
                v = FloatVector.fromArray(Tile.SPECIES, x, t2 + from);
                s02 = d0.fma(v, s02);
                s12 = d1.fma(v, s12);
                s22 = d2.fma(v, s22);
                s32 = d3.fma(v, s32);
                v = FloatVector.fromArray(Tile.SPECIES, x, t3 + from);
                s03 = d0.fma(v, s03);
                s13 = d1.fma(v, s13);
                s23 = d2.fma(v, s23);
                s33 = d3.fma(v, s33);
                v = FloatVector.fromArray(Tile.SPECIES, x, t4 + from);
                s04 = d0.fma(v, s04);
                s14 = d1.fma(v, s14);
                s24 = d2.fma(v, s24);
                s34 = d3.fma(v, s34);
            }
        }
        s00.intoArray(parts, part);
        s01.intoArray(parts, PARTS + part);
        s02.intoArray(parts, 2 * PARTS + part);
        s03.intoArray(parts, 3 * PARTS + part);
        s04.intoArray(parts, 4 * PARTS + part);
        s10.intoArray(parts, 5 * PARTS + part);
        s11.intoArray(parts, 6 * PARTS + part);
        s12.intoArray(parts, 7 * PARTS + part);
        s13.intoArray(parts, 8 * PARTS + part);
        s14.intoArray(parts, 9 * PARTS + part);
        s20.intoArray(parts, 10 * PARTS + part);
        s21.intoArray(parts, 11 * PARTS + part);
        s22.intoArray(parts, 12 * PARTS + part);
        s23.intoArray(parts, 13 * PARTS + part);
        s24.intoArray(parts, 14 * PARTS + part);
        s30.intoArray(parts, 15 * PARTS + part);
        s31.intoArray(parts, 16 * PARTS + part);
        s32.intoArray(parts, 17 * PARTS + part);
        s33.intoArray(parts, 18 * PARTS + part);
        s34.intoArray(parts, 19 * PARTS + part);
    }
}
