package metronome.isa.instruction;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation has besides its operands; see the manual, docs/isa.md, which is generated from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Form {
    /** {@return the number in the opcode field} */
    int opcode();

    /** {@return its name in assembly text} */
    String mnemonic();

    /** {@return the unit that executes it} */
    Unit unit();

    /** {@return what it does} */
    String action();

    /** {@return the numbers of the timing contract's rules that apply} */
    String timing();

    /** {@return what a programmer must know besides; may be empty} */
    String notes() default "";
}
