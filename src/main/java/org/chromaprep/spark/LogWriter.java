package org.chromaprep.spark;

import java.io.PrintStream;
import java.io.Writer;

/** Writes to a stream of the process, which closing it leaves open. */
final class LogWriter extends Writer {
    private final PrintStream to;

    LogWriter(PrintStream to) {
        this.to = to;
    }

    @Override
    public void write(char[] text, int offset, int length) {
        to.print(new String(text, offset, length));
    }

    @Override
    public void flush() {
        to.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
