package metronome.traces.soak;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Ways to damage a file. */
enum Mutation {
    FLIP {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int bit = random.nextInt(file.length * Byte.SIZE);
            file[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            return file;
        }
    },
    REPLACE {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            file[random.nextInt(file.length)] = (byte) (random.nextBoolean() ? random.nextInt(256)
                    : EDGES[random.nextInt(EDGES.length)]);
            return file;
        }
    },
    CUT {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    REMOVE {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int from = random.nextInt(file.length);
            int to = Math.min(file.length, from + 1 + random.nextInt(SHORT));
            return joined(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
        }
    },
    REPEAT {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int from = random.nextInt(file.length);
            int to = from + 1 + random.nextInt(file.length - from);
            return inserted(file, random.nextInt(file.length + 1), Arrays.copyOfRange(file, from, to));
        }
    },
    INSERT {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            byte[] bytes = new byte[1 + random.nextInt(SHORT)];
            random.nextBytes(bytes);
            return inserted(file, random.nextInt(file.length + 1), bytes);
        }
    },
    EXTREME_VARINT {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            byte[] varint = new byte[1 + random.nextInt(11)];
            Arrays.fill(varint, (byte) 0xff);
            varint[varint.length - 1] = (byte) (random.nextBoolean() ? 1 : 0x7f);
            return random.nextBoolean() ? inserted(file, random.nextInt(file.length + 1), varint) : written(file, random, varint);
        }
    },
    EXTREME_LENGTH {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            byte[] length = new byte[random.nextBoolean() ? 4 : 8];
            Arrays.fill(length, (byte) EDGES[random.nextInt(EDGES.length)]);
            length[random.nextInt(length.length)] = (byte) EDGES[random.nextInt(EDGES.length)];
            return written(file, random, length);
        }
    },
    EXTREME_NUMBER {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int from = random.nextInt(file.length);
            while (from < file.length && !isDigit(file[from])) {
                from++;
            }
            int to = from;
            while (to < file.length && isDigit(file[to])) {
                to++;
            }
            byte[] number = NUMBERS[random.nextInt(NUMBERS.length)].getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            return joined(joined(Arrays.copyOf(file, from), number), Arrays.copyOfRange(file, to, file.length));
        }
    };

    private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xff, '{', '"', ',', '\n'};
    private static final int SHORT = 16;
    private static final int MOST = 4;
    /** Files do not grow beyond this, or beyond their own length where they are longer. */
    private static final int LARGEST = 1 << 16;
    private static final String[] NUMBERS = {"0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807",
        "99999999999999999999", "1e999", "-1e-999", "NaN", "0.5", "00", "65536", "1000000"};

    /** {@return the file with this damage; the array given may be written to}
     *
     * @param file not empty
     * @param random where it is drawn from
     */
    abstract byte[] of(byte[] file, RandomGenerator random);

    /**
     * {@return a copy of a file with some damage}
     *
     * @param valid a valid file
     * @param random where it is drawn from
     */
    static byte[] any(byte[] valid, RandomGenerator random) {
        byte[] file = valid.clone();
        for (int left = 1 + random.nextInt(MOST); left > 0 && file.length > 0; left--) {
            byte[] damaged = values()[random.nextInt(values().length)].of(file, random);
            file = damaged.length > Math.max(LARGEST, valid.length) ? Arrays.copyOf(damaged, valid.length) : damaged;
        }
        return file;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] inserted(byte[] file, int at, byte[] bytes) {
        return joined(joined(Arrays.copyOf(file, at), bytes), Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] written(byte[] file, RandomGenerator random, byte[] bytes) {
        int at = random.nextInt(file.length);
        System.arraycopy(bytes, 0, file, at, Math.min(bytes.length, file.length - at));
        return file;
    }
}
