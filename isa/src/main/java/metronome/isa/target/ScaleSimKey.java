package metronome.isa.target;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of SCALE-Sim's {@code .cfg} files, each with what takes its place in a {@link Target}, if anything does. */
enum ScaleSimKey {
    RUN_NAME("general", "run_name", "name"),
    ROWS("architecture_presets", "ArrayHeight", TargetField.TENSOR_ROWS.key()),
    COLUMNS("architecture_presets", "ArrayWidth", TargetField.TENSOR_COLUMNS.key()),
    INPUTS("architecture_presets", "IfmapSramSzkB", TargetField.SPIKE_BLOCKS.key()),
    WEIGHTS("architecture_presets", "FilterSramSzkB", TargetField.WEIGHT_BYTES.key()),
    OUTPUTS("architecture_presets", "OfmapSramSzkB", TargetField.SPIKE_BLOCKS.key()),
    DATAFLOW("architecture_presets", "Dataflow", TargetField.TENSOR_DATAFLOW.key()),
    INPUT_OFFSET("architecture_presets", "IfmapOffset"),
    WEIGHT_OFFSET("architecture_presets", "FilterOffset"),
    OUTPUT_OFFSET("architecture_presets", "OfmapOffset"),
    BANDWIDTH("architecture_presets", "Bandwidth"),
    BANKS("architecture_presets", "MemoryBanks"),
    READ_BUFFER("architecture_presets", "ReadRequestBuffer"),
    WRITE_BUFFER("architecture_presets", "WriteRequestBuffer"),
    BANDWIDTH_MODE("run_presets", "InterfaceBandwidth"),
    RAMULATOR("run_presets", "UseRamulatorTrace"),
    INPUT_LAYOUT("layout", "IfmapCustomLayout"),
    INPUT_BANK_BANDWIDTH("layout", "IfmapSRAMBankBandwidth"),
    INPUT_BANKS("layout", "IfmapSRAMBankNum"),
    INPUT_PORTS("layout", "IfmapSRAMBankPort"),
    WEIGHT_LAYOUT("layout", "FilterCustomLayout"),
    WEIGHT_BANK_BANDWIDTH("layout", "FilterSRAMBankBandwidth"),
    WEIGHT_BANKS("layout", "FilterSRAMBankNum"),
    WEIGHT_PORTS("layout", "FilterSRAMBankPort"),
    SPARSITY("sparsity", "SparsitySupport"),
    SPARSE_FORM("sparsity", "SparseRep"),
    SPARSE_MAPPING("sparsity", "OptimizedMapping"),
    SPARSE_BLOCK("sparsity", "BlockSize"),
    SPARSE_SEED("sparsity", "RandomNumberGeneratorSeed"),
    TOPOLOGY("network_presets", "TopologyCsvLoc");

    private final String section;
    private final String key;
    private final Optional<String> counterpart;

    ScaleSimKey(String section, String key) {
        this.section = section;
        this.key = key;
        this.counterpart = Optional.empty();
    }

    ScaleSimKey(String section, String key, String counterpart) {
        this.section = section;
        this.key = key;
        this.counterpart = Optional.of(counterpart);
    }

    String section() {
        return section;
    }

    String key() {
        return key;
    }

    /** The key of a target file that takes its place. */
    Optional<String> counterpart() {
        return counterpart;
    }

    /** The key of that name, whose case does not matter. */
    static Optional<ScaleSimKey> of(String section, String key) {
        return Arrays.stream(values()).filter(k -> k.section.equals(section) && k.key.equalsIgnoreCase(key)).findFirst();
    }

    static List<String> sections() {
        return Arrays.stream(values()).map(ScaleSimKey::section).distinct().toList();
    }

    static List<String> keys(String section) {
        return Arrays.stream(values()).filter(k -> k.section.equals(section)).map(ScaleSimKey::key).toList();
    }
}
