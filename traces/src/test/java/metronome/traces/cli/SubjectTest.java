package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Correction;
import metronome.core.calibration.InputForm;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is a network converted as the command line says? */
class SubjectTest {
    private static final TemporalCode OTHERWISE = new TemporalCode(8, 32, Rounding.HALF_STEP, ZeroPolicy.SILENT);

    private static Calibration calibration(Command command, String... options) {
        Arguments arguments = Arguments.parse(command.synopsis(), Stream.concat(Stream.of("digits"), Stream.of(options)).toList());
        return Subject.calibration(Subject.code(arguments, OTHERWISE), arguments);
    }

    @ParameterizedTest
    @EnumSource(Correction.class)
    void everyOptionCounts(Correction correction) {
        TemporalCode code = new TemporalCode(2.5, 9, Rounding.CEIL, ZeroPolicy.FLOOR);
        for (Command command : List.of(EvaluateCommand.command(), RetrainCommand.command())) {
            assertEquals(new Calibration(code, InputForm.SPLIT, 97.5, correction), calibration(command, "--steps", "9",
                    "--time-constant", "2.5", "--rounding", "ceil", "--zeros", "floor", "--input", "split", "--percentile", "97.5",
                    "--correction", correction.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void withoutOptionsTheCodeStaysAndBiasesAreCorrected() {
        for (Command command : List.of(EvaluateCommand.command(), RetrainCommand.command())) {
            assertEquals(new Calibration(OTHERWISE, InputForm.TENSOR, 99.9, Correction.BIASES), calibration(command));
        }
    }
}
