/**
 * Labelled images: generated digits, the IDX files of MNIST and Fashion-MNIST, CIFAR-10, and a directory of
 * photographs ({@link metronome.core.data.Photographs}).
 *
 * <p>Start at {@link metronome.core.data.DataSets}. Pixels are unsigned bytes, 0 for background; pixel p stands for the
 * value p/255. Images of a sample are channels x height x width, row-major, one after another in one array. Bad files end
 * in a {@link metronome.core.io.DataException}; nothing here touches the network but
 * {@link metronome.core.data.DataFetch}. All records may be shared between threads as long as nobody writes to their
 * arrays.
 */
package metronome.core.data;
