package metronome.traces.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import metronome.hwmodel.dram.CommandObserver;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.program.Program;
import metronome.isa.target.Target;

/**
 * The classes of the modelled chip once more, in a loader of their own, so that the virtual machine compiles them for what this copy
 * does and no other; as they are, or {@link #withoutQuestions without asking} whether a probe listens, as if there were no probes.
 */
final class ModelCopy extends ClassLoader {
    private static final String MODEL = "metronome.hwmodel.";
    private static final ClassDesc OBSERVER = CommandObserver.class.describeConstable().orElseThrow();
    /** Fields of the chip, its units and its DRAM that say whether anybody listens. */
    private static final Set<String> QUESTIONS = Set.of("logging", "watched");

    private final ClassTransform transform;

    private ModelCopy(ClassTransform transform) {
        super(Machine.class.getClassLoader());
        this.transform = transform;
    }

    /** A copy of the code as it is. */
    static ModelCopy exact() {
        return new ModelCopy(ClassTransform.ACCEPT_ALL);
    }

    /** A copy in which the answer stands where the question was: nobody listens. Its probes are told of nothing. */
    static ModelCopy withoutQuestions() {
        return new ModelCopy(ClassTransform.transformingMethodBodies(ModelCopy::answer));
    }

    private static void answer(CodeBuilder code, CodeElement element) {
        switch (element) {
            case FieldInstruction field when field.opcode() == Opcode.GETFIELD && QUESTIONS.contains(field.name().stringValue()) ->
                code.pop().iconst_0();
            case InvokeInstruction call when call.owner().asInternalName().endsWith("/UnitLog") && call.name().equalsString("stalls") ->
                code.pop().iconst_0();
            case InvokeInstruction call when call.typeSymbol().returnType().equals(OBSERVER) && call.name().equalsString("observer") ->
                code.pop().getstatic(OBSERVER, "NONE", OBSERVER);
            default -> code.with(element);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(MODEL)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = Machine.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ClassFile file = ClassFile.of();
            byte[] bytes = file.transformClass(file.parse(in.readAllBytes()), transform);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> its(Class<?> original) throws ClassNotFoundException {
        return loadClass(original.getName(), false);
    }

    /**
     * {@return what runs the copy's machine on an input, as {@link Machine#run(int[])} does}
     *
     * @param program compiled for the target
     * @param target the chip
     * @param streams of which its probe is told; empty for no probe
     * @param events gets them
     */
    Consumer<int[]> machine(Program program, Target target, Optional<Set<EventStream>> streams, Consumer<Object> events) {
        try {
            Object bare = its(Machine.class).getConstructor(Program.class, Target.class).newInstance(program, target);
            Object machine = streams.isEmpty() ? bare
                    : its(Machine.class).getMethod("withProbe", its(Probe.class)).invoke(bare, probe(streams.orElseThrow(), events));
            var run = its(Machine.class).getMethod("run", int[].class);
            return input -> {
                try {
                    run.invoke(machine, (Object) input);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object probe(Set<EventStream> streams, Consumer<Object> events) throws ReflectiveOperationException {
        Object[] all = its(EventStream.class).getEnumConstants();
        Set<Object> its = streams.stream().map(stream -> all[stream.ordinal()]).collect(Collectors.toSet());
        return its(Probe.class).getConstructor(Set.class, int.class, Consumer.class).newInstance(its, Probe.USUAL_WINDOW_CYCLES, events);
    }
}
