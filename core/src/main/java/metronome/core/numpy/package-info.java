/**
 * Arrays of NumPy: {@code .npy} files, which hold one, and {@code .npz} archives, which hold several by name.
 *
 * <p>Start at {@link metronome.core.numpy.Npy} and {@link metronome.core.numpy.Npz}. Whatever the element type, values are
 * read into 32-bit floats, in row-major order. Source of the format: NumPy's documentation of {@code numpy.lib.format}.
 */
package metronome.core.numpy;
