package metronome.isa.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does a program map come back from its JSON, and does a message name what is wrong with a damaged one, its value and its place? */
class MapJsonTest {
    private static final ProgramMap MAP = new ProgramMap("net", ProgramMap.Kind.SPIKING_POTENTIAL, 12, new Shape(2, 3, 4),
            List.of(new ProgramMap.Band(0, 1, 256), new ProgramMap.Band(1, 2, 512)), 64, List.of(1024, 2048),
            List.of(new ProgramMap.Layer("input", new Shape(2, 3, 4), true), new ProgramMap.Layer("fc", new Shape(9, 1, 1), false)), 4096);

    @Test
    void isReadBack() {
        assertEquals(MAP, MapJson.read(MapJson.write(MAP)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"steps\":12 | \"steps\":1001 | program map.steps must be a whole number in [0, 1000]: 1001 (1:53)",
        "\"steps\":12 | \"steps\":1.5 | program map.steps must be a whole number in [0, 1000]: 1.5 (1:53)",
        "\"steps\":12 | \"steps\":\"12\" | program map.steps must be a whole number, is a string (1:53)",
        "\"steps\":12, | `` | missing program map.steps in the object at 1:1",
        "\"steps\":12 | \"steps\":12,\"pets\":1 | unknown key program map.pets (1:56)",
        "[2,3,4],\"input_bands\" | [2,3],\"input_bands\" | program map: input must have three extents, has 2",
        "[2,3,4],\"input_bands\" | [2,0,4],\"input_bands\" | program map.input[1] must be a whole number in [1, 1048576]: 0",
        "[0,1,256] | [0,1] | program map.input_bands[0] must have 3 numbers, has 2",
        "[1,2,512] | [1,2,-1] | program map.input_bands[1][2] must be a whole number in [0, 2147483647]: -1",
        "[1,2,512] | 7 | program map.input_bands[1] must be an array, is a number",
        "[1,2,512] | [1,3,512] | program map: input bands must be the rows 0 to 2 in their order",
        "[1024,2048] | [1024,true] | program map.code_addresses[1] must be a whole number, is a truth value",
        "SPIKING_POTENTIAL | SPEAKING | program map: must be one of [",
        "\"fires\":true | \"fires\":1 | program map.layers[0].fires must be true or false, is a number",
        "\"name\":\"fc\" | \"name\":\"fc\",\"x\":1 | unknown key program map.layers[1].x",
    })
    void whatIsWrongIsNamed(String from, String to, String message) {
        String good = MapJson.write(MAP);
        String bad = good.replace(from, to);
        assertEquals(good.indexOf(from), good.lastIndexOf(from), "stands once");
        String said = assertThrows(DataException.class, () -> MapJson.read(bad)).getMessage();
        assertEquals(message, said.substring(0, Math.min(message.length(), said.length())));
    }
}
