package metronome.isa.instruction;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where an operand lies in the instruction word, and what it means. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Bits {
    /** {@return the lowest bit} */
    int at();

    /** {@return the number of bits} */
    int width();

    /** {@return whether the value is in two's complement} */
    boolean signed() default false;

    /** {@return what it means, with its unit} */
    String means();
}
