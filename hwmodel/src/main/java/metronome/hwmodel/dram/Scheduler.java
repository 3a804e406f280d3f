package metronome.hwmodel.dram;

import java.util.List;

/** Which waiting requests may have a command sent for them; among those the earliest possible command wins. */
interface Scheduler {
    /**
     * {@return whether the request may move its data}
     *
     * @param queue oldest first
     * @param position index in the queue
     */
    boolean mayServe(List<Request> queue, int position);

    /**
     * {@return whether the request may open its row, closing another}
     *
     * @param queue oldest first
     * @param position index in the queue
     */
    boolean mayPrepare(List<Request> queue, int position);

    /** First come, first served (rule DRAM-7): data move in order of arrival, rows are opened ahead of their turn. */
    Scheduler FCFS = new Scheduler() {
        @Override
        public boolean mayServe(List<Request> queue, int position) {
            return position == 0;
        }

        @Override
        public boolean mayPrepare(List<Request> queue, int position) {
            int bank = queue.get(position).bank();
            for (int older = 0; older < position; older++) {
                if (queue.get(older).bank() == bank) {
                    return false;
                }
            }
            return true;
        }
    };
}
