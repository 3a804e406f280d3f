package metronome.traces.cli;

/** The version of the running build, as Maven wrote it into the module. */
final class Version {
    private Version() {
    }

    /** {@return such as {@code 0.1.0}} */
    static String text() {
        return Version.class.getModule().getDescriptor() == null ? "unpackaged"
                : Version.class.getModule().getDescriptor().rawVersion().orElse("unpackaged");
    }
}
