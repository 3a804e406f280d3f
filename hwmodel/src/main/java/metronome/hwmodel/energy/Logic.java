package metronome.hwmodel.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * So many times one part of {@code logic.csv} (E-1: adders, comparators and registers grow with their width, multipliers
 * with the product of their widths).
 *
 * @param part its name in the table
 * @param times how many of the part as the table has it
 */
record Logic(String part, double times) {
    static List<Logic> of(Inventory.Parts parts) {
        List<Logic> all = new ArrayList<>();
        add(all, "adder_32", parts.adderBits() / 32);
        add(all, "multiplier_32x32", parts.multiplierProducts() / 1024);
        add(all, "comparator_32", parts.comparatorBits() / 32);
        add(all, "register_bit", parts.registerBits());
        return all;
    }

    private static void add(List<Logic> all, String part, double times) {
        if (times > 0) {
            all.add(new Logic(part, times));
        }
    }
}
