package metronome.traces.bench;

import java.lang.management.ManagementFactory;

/** What the running thread has used so far. */
public final class ThreadUse {
    private ThreadUse() {
    }

    /** {@return the bytes of heap that it has allocated} */
    public static long bytes() {
        if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
            return threads.getCurrentThreadAllocatedBytes();
        }
        throw new IllegalStateException("this virtual machine does not count what threads allocate");
    }

    /** {@return the nanoseconds for which it was on a processor} */
    static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
