package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;

/**
 * S3 and what speaks like it: a file is there once its upload is closed, in one request or as the last step of one in parts. Nothing is
 * ever renamed, which would copy it there. An upload that fails is given up, not closed, for that would bring half of a file in.
 */
final class S3Store extends HadoopStore {
    /** Known from Hadoop 3.4.2 on, and not minded before. */
    private static final String IF_NONE_THERE = "fs.option.create.conditional.overwrite";

    private static final String WITHOUT_LOOKING = "fs.s3a.create.performance";

    S3Store(Address address, Configuration configuration, Attempts attempts) {
        super(address, configuration, attempts);
    }

    @Override
    Content write(FileSystem files, Path source, org.apache.hadoop.fs.Path target) throws IOException, StoreException {
        try (var in = Disk.open(source)) {
            // Whether a folder of that name exists is not asked: there are none on an object store.
            FSDataOutputStreamBuilder<?, ?> wanted = files.createFile(target);
            var out = wanted.overwrite(true).opt(WITHOUT_LOOKING, true).build();
            return closing(out, () -> Flow.copy(in, out));
        }
    }

    @Override
    boolean writeNew(FileSystem files, byte[] content, org.apache.hadoop.fs.Path target) throws IOException {
        try {
            FSDataOutputStreamBuilder<?, ?> wanted = files.createFile(target);
            var out = wanted.overwrite(false).opt(IF_NONE_THERE, true).build();
            closing(out, () -> {
                ((OutputStream) out).write(content);
                return content;
            });
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            // The store's own refusal, at the end: somebody else was faster.
            if (isRefusedAsThere(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Something that fills an upload. */
    private interface Filling<T> {
        T run() throws IOException;
    }

    private static <T> T closing(FSDataOutputStream out, Filling<T> filling) throws IOException {
        final T result;
        try {
            result = filling.run();
        } catch (IOException | RuntimeException | Error e) {
            giveUp(out, e);
            throw e;
        }
        out.close();
        return result;
    }

    private static void giveUp(FSDataOutputStream out, Throwable reason) {
        try {
            out.abort();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private static boolean isRefusedAsThere(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var text = String.valueOf(each.getMessage());
            if (each.getClass().getSimpleName().equals("RemoteFileChangedException")
                    || text.contains("PreconditionFailed")
                    || text.contains("Status Code: 412")) {
                return true;
            }
        }
        return false;
    }
}
