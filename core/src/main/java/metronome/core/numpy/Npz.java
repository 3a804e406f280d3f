package metronome.core.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.ZipArchive;
import metronome.core.tensor.Tensor;

/**
 * Archives of arrays: a zip file whose entries, stored or deflated, are {@code NAME.npy}. An entry is unpacked only as far as
 * the header inside it says, and only if that agrees with the size that the archive gives; together the arrays may have
 * {@value #LIMIT} elements.
 */
public final class Npz {
    /** How many elements all arrays of an archive may have together: a gigabyte of floats. */
    public static final int LIMIT = 1 << 28;

    private static final String SUFFIX = ".npy";

    private Npz() {
    }

    /**
     * {@return the arrays of an archive by name, in its order}
     *
     * @param file to read
     * @throws DataException if it cannot be read, is damaged, has no entry, an entry that is no array, two of one name, or
     *     more than {@link #LIMIT} elements
     */
    public static SequencedMap<String, Tensor> read(Path file) {
        try (ZipFile zip = ZipArchive.open(file)) {
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            int left = LIMIT;
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (!name.endsWith(SUFFIX)) {
                    throw new DataException("entry \"" + name + "\", expected nothing but entries NAME" + SUFFIX);
                }
                Tensor array = array(zip, entry, left);
                left -= array.size();
                if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
                    throw new DataException("entry \"" + name + "\" twice");
                }
            }
            if (arrays.isEmpty()) {
                throw new DataException("an archive without entries, expected arrays");
            }
            return arrays;
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read as zip: " + AtomicFile.reason(e), e);
        } catch (IllegalArgumentException e) { // of names that are not text
            throw new DataException(file + ": cannot be read as zip: damaged (" + e.getMessage() + ")", e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static Tensor array(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream raw = zip.getInputStream(entry);
                CheckedInputStream in = new CheckedInputStream(raw, new CRC32())) {
            Tensor array = NpyReader.read(in, entry.getSize(), most);
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new DataException("checksum differs from the archive's, expected equal ones");
            }
            return array;
        } catch (IOException e) {
            throw new DataException("entry \"" + entry.getName() + "\": cannot be unpacked: " + AtomicFile.reason(e), e);
        } catch (DataException e) {
            throw e.in("entry \"" + entry.getName() + "\"");
        }
    }
}
