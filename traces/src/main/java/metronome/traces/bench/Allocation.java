package metronome.traces.bench;

import java.lang.management.ManagementFactory;

/** Bytes of heap that the running thread has allocated so far. */
public final class Allocation {
    private Allocation() {
    }

    /** {@return the bytes} */
    public static long ofThisThread() {
        if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
            return threads.getCurrentThreadAllocatedBytes();
        }
        throw new IllegalStateException("this virtual machine does not count what threads allocate");
    }
}
