package metronome.traces.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.isa.assembly.Assembler;
import metronome.isa.assembly.Disassembler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;

/** Programs as text and back. */
final class AssemblyCommands {
    private static final Option<Path> TEXT = Option.of("--output,-o", "FILE.s", "", Value.path(),
            "where the text goes; without it, it is printed");

    private AssemblyCommands() {
    }

    static List<Command> all() {
        return List.of(
                new Simple(new Synopsis("assemble", "makes a program from its assembly text", List.of(),
                        List.of(Operand.of("FILE.s", "assembly text")), List.of(CompileCommand.OUT),
                        List.of("assemble program.s -o program.mtp")), AssemblyCommands::assemble),
                new Simple(new Synopsis("disassemble", "prints a program as assembly text",
                        List.of("assemble makes the same bytes of it."),
                        List.of(Operand.of("PROGRAM", "a program of compile or run")), List.of(TEXT),
                        List.of("disassemble out/program.mtp", "disassemble out/program.mtp -o program.s")),
                        AssemblyCommands::disassemble));
    }

    private static void assemble(Arguments arguments, Console console) {
        ProgramFile.write(arguments.get(CompileCommand.OUT), program(Path.of(arguments.operand(0))));
    }

    private static Program program(Path file) {
        String text = text(file);
        try {
            return Assembler.assemble(text);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": not assembly text: expected UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    private static void disassemble(Arguments arguments, Console console) {
        String text = Disassembler.disassemble(ProgramFile.read(Path.of(arguments.operand(0))));
        arguments.find(TEXT).ifPresentOrElse(file -> AtomicFile.writeText(file, text), () -> console.out().print(text));
    }
}
