package org.chromaprep.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of an option of {@code process} what of the output its value decides. The field that bears it is the one place of an
 * option: from it come the command line, the configuration file's key, the environment's variable, {@code --help}, the page of
 * options, the manifest's record and what a run that continues compares.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Setting {
    /** What of the output an option decides. */
    enum Decides {
        /** The samples, the shards and the ledger: an interrupted run continues only with the same value. */
        SHARDS,
        /** The annotated video alone. */
        VIDEO,
        /** Not a byte: runs may be continued with another value, for the {@link Setting#because reason} given. */
        NOTHING
    }

    /** What it decides. */
    Decides decides();

    /** Why it decides nothing; empty for others. */
    String because() default "";
}
