package metronome.core.io;

/**
 * Input that cannot be used: a damaged file, a value out of range, a network that does not fit.
 *
 * <p>The message is one clear text for the user: file, place, value and what was expected, in lower case so that a
 * context can be put before it. The command line prints it and exits with 1; it is never a stack trace.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, where, and what was expected
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, where, and what was expected
     * @param cause what revealed it
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * {@return the same complaint with a context put before it}
     *
     * @param context for example a file name
     */
    public DataException in(String context) {
        return new DataException(context + ": " + getMessage(), this);
    }
}
