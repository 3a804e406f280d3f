package metronome.traces.run;

/** Is told how far long work has come. */
@FunctionalInterface
public interface Watcher {
    /** Listens to nothing. */
    Watcher NONE = (_, _) -> new Work() {
        @Override
        public void step() {
        }

        @Override
        public void close() {
        }
    };

    /** One piece of work under way. */
    interface Work extends AutoCloseable {
        /** One step is done; may come from several threads at once. */
        void step();

        /** All is done, or nothing more will be. */
        @Override
        void close();
    }

    /**
     * Work begins.
     *
     * @param what in a word or two
     * @param steps how many it has
     * @return is told of each step
     */
    Work begin(String what, long steps);
}
