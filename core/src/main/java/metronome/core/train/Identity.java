package metronome.core.train;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.PreparedFile;
import metronome.core.data.Samples;

/** A hash of all that a training's result depends on. */
final class Identity {
    private Identity() {
    }

    static String of(Prepared start, Samples samples, Settings settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(settings.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(PreparedFile.bytes(start));
            digest.update(samples.images());
            for (int label : samples.labels()) {
                digest.update(BigInteger.valueOf(label).toByteArray());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
