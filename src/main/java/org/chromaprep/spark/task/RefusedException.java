package org.chromaprep.spark.task;

/**
 * This executor cannot do the task, and another one may: its kernels are not those of the film's plan, its disk is full, its memory does
 * not suffice. The message is a sentence for the user.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
        super(sentence);
    }
}
