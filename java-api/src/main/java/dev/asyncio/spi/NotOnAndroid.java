package dev.asyncio.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what needs more of the JDK than Android offers at API level 24.
 *
 * <p>The build checks that everything without this mark stays within that level. Code that runs there calls what is
 * marked only after it has made sure that the platform has it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface NotOnAndroid {}
