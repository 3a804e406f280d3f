package metronome.hwmodel.energy;

import java.util.Locale;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** What logic and SRAM cost at the node, voltage and cell of one target; the formulas E-1 to E-6 of docs/energy.md. */
final class Technology {
    private static final double MICROWATTS_A_MILLIWATT = 1000;
    private static final double SQUARE_MICROMETRES = 1e6;

    private final int node;
    private final double voltage;
    private final String cell;
    private final Constants constants = Constants.shipped();
    private final Scaling scaling = Scaling.shipped();
    private final SramTable sram = SramTable.shipped();

    Technology(Target target) {
        node = Integer.parseInt(target.choice(TargetField.NODE));
        voltage = target.number(TargetField.VOLTAGE);
        cell = target.choice(TargetField.CELL);
    }

    Constant constant(String name) {
        return constants.get(name);
    }

    /** E-2: energy of so many times a logic constant. */
    Estimate energy(String part, double times) {
        Constant c = constants.get(part + ".energy");
        return logic(c, "pJ", times, scaling.energy(c.node(), c.voltage(), node, voltage));
    }

    /** E-2: leakage of so many times a logic constant, which is taken to scale as energy does. */
    Estimate leakage(String part, double times) {
        Constant c = constants.get(part + ".leakage");
        double scale = scaling.energy(c.node(), c.voltage(), node, voltage);
        return logic(c, "mW", times, scale / MICROWATTS_A_MILLIWATT);
    }

    /** E-3: area of so many times a logic constant, placed and wired. */
    Estimate area(String part, double times) {
        Constant c = constants.get(part + ".area");
        Estimate cells = logic(c, "mm2", times, scaling.area(c.node(), node) / SQUARE_MICROMETRES);
        return cells.times(constants.get("layout.overhead"));
    }

    private static Estimate logic(Constant c, String unit, double times, double scale) {
        Provenance how = times == 1 && scale == 1 ? c.how() : c.how().worse(Provenance.DERIVED);
        return Estimate.of(c.value().times(times * scale), unit, how, number(times) + " " + c.name(), c.source());
    }

    Estimate read(Memory memory) {
        return access(memory, SramTable.Figure.READ, "read");
    }

    Estimate write(Memory memory) {
        return access(memory, SramTable.Figure.WRITE, "write");
    }

    /** E-4: one access to one bank; in proportion to the width of its word. */
    private Estimate access(Memory memory, SramTable.Figure figure, String verb) {
        int base = sram.nearestNode(node);
        double scale = scaling.energy(base, sram.voltage(base, cell), node, voltage) * memory.wordBits()
                / SramTable.WORD_BITS;
        return Estimate.of(sized(memory, figure).times(scale), "pJ", how(memory), verb + " " + memory.wordBits()
                + " bit of a bank of " + number(memory.bankKilobytes()) + " kB (" + memory.name() + ")", source(base))
                .times(constants.get("sram.energy"));
    }

    /** E-5: leakage of all banks. */
    Estimate leakage(Memory memory) {
        int base = sram.nearestNode(node);
        double scale = scaling.energy(base, sram.voltage(base, cell), node, voltage) * memory.banks();
        return Estimate.of(sized(memory, SramTable.Figure.LEAKAGE).times(scale), "mW", how(memory), banks(memory),
                source(base)).times(constants.get("sram.leakage." + cell));
    }

    /** E-6: area of all banks. */
    Estimate area(Memory memory) {
        int base = sram.nearestNode(node);
        Quantity value = sized(memory, SramTable.Figure.AREA).times(scaling.area(base, node) * memory.banks());
        return Estimate.of(value, "mm2", how(memory), banks(memory), source(base))
                .times(constants.get("sram.area"));
    }

    /**
     * E-4: one bank. Below CACTI's smallest its periphery shrinks slowly, so the figure is taken to fall with the square
     * root of the size; at best it goes on as between the two smallest, at worst it does not fall at all.
     */
    private Quantity sized(Memory memory, SramTable.Figure figure) {
        int base = sram.nearestNode(node);
        double size = memory.bankKilobytes();
        double inLine = sram.at(base, cell, figure, size);
        double smallest = sram.smallest(base, cell);
        if (size >= smallest) {
            return new Quantity(inLine, inLine, inLine);
        }
        double atSmallest = sram.at(base, cell, figure, smallest);
        double nominal = atSmallest * Math.sqrt(size / smallest);
        return new Quantity(Math.min(inLine, nominal), nominal, atSmallest);
    }

    private Provenance how(Memory memory) {
        boolean inTable = memory.bankKilobytes() >= sram.smallest(sram.nearestNode(node), cell);
        return inTable ? Provenance.DERIVED : Provenance.ASSUMED;
    }

    /** E-7: so many times a constant of the DRAM, which scales with nothing. */
    Estimate dram(String name, double times, String unit) {
        Constant c = constants.get(name);
        Provenance how = times == 1 ? c.how() : c.how().worse(Provenance.DERIVED);
        return Estimate.of(c.value().times(times), unit, how, number(times) + " " + name, c.source());
    }

    /** {@return the scaling of logic energy from its constants to this technology, for the head of a table} */
    double logicScale() {
        Constant c = constants.get("adder_32.energy");
        return scaling.energy(c.node(), c.voltage(), node, voltage);
    }

    private String source(int base) {
        return "CACTI 7, " + base + " nm " + cell + " at " + sram.voltage(base, cell) + " V, 360 K (sram.csv)";
    }

    private static String banks(Memory memory) {
        return memory.banks() + " x bank of " + number(memory.bankKilobytes()) + " kB (" + memory.name() + ")";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
