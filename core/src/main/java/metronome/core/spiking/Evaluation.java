package metronome.core.spiking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import metronome.core.tensor.Tensor;

/** Runs models over many images on several threads; results do not depend on how many. */
public final class Evaluation {
    private static final int CHUNK = 64;

    private Evaluation() {
    }

    /**
     * {@return the results of independent pieces of work, in their order}
     *
     * @param count how many pieces there are
     * @param threads at least 1
     * @param work of a piece's index; called from several threads at once
     * @param <R> of a result, not null
     */
    public static <R> List<R> map(int count, int threads, IntFunction<R> work) {
        List<Callable<List<R>>> chunks = new ArrayList<>();
        for (int from = 0; from < count; from += CHUNK) {
            int first = from;
            chunks.add(() -> {
                List<R> results = new ArrayList<>();
                for (int i = first; i < Math.min(count, first + CHUNK); i++) {
                    results.add(work.apply(i));
                }
                return results;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<R> all = new ArrayList<>(count);
            for (Future<List<R>> chunk : pool.invokeAll(chunks)) {
                all.addAll(chunk.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /**
     * {@return the class that a model gives to each image}
     *
     * @param model to run
     * @param images [count, channels, height, width] or [count, inputs], values in [0, 1]
     * @param threads at least 1
     */
    public static int[] classes(SpikingModel model, Tensor images, int threads) {
        return map(images.extent(0), threads, i -> model.run(image(images, i)).winner()).stream()
                .mapToInt(Integer::intValue).toArray();
    }

    /**
     * {@return the share of equal entries, in [0, 1]; 0 where there are none}
     *
     * @param classes as a model gives them
     * @param labels as they should be
     */
    public static double accuracy(int[] classes, int[] labels) {
        if (classes.length != labels.length) {
            throw new IllegalArgumentException("classes of " + classes.length + " images, labels of " + labels.length);
        }
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += classes[i] == labels[i] ? 1 : 0;
        }
        return classes.length == 0 ? 0 : (double) right / classes.length;
    }

    /**
     * {@return a copy of one image}
     *
     * @param images the first extent counts images
     * @param index from 0
     */
    public static float[] image(Tensor images, int index) {
        int size = images.size() / images.extent(0);
        return Arrays.copyOfRange(images.data(), index * size, (index + 1) * size);
    }
}
