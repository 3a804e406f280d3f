package metronome.hwmodel.dram;

/** The command that goes next (rule DRAM-4): the earliest, among equals one that moves data, then the older request's. */
final class Choice {
    private Command command;
    private int bank;
    private long at;
    private long number;

    /** Begins with the step towards the next refresh, which goes if nothing goes before the refresh is due. */
    void begin(Command towardsRefresh, long time) {
        command = towardsRefresh;
        bank = 0;
        at = time;
        number = Long.MAX_VALUE;
    }

    /** Offers a command for the request of that number. */
    void offer(Command offered, int toBank, long time, long ofRequest) {
        if (time < at || time == at && before(offered, ofRequest)) {
            command = offered;
            bank = toBank;
            at = time;
            number = ofRequest;
        }
    }

    private boolean before(Command offered, long ofRequest) {
        return offered.column() == command.column() ? ofRequest < number : offered.column();
    }

    Command command() {
        return command;
    }

    int bank() {
        return bank;
    }

    long at() {
        return at;
    }
}
