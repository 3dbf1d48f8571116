package org.chromaprep.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;

/** HDFS: a file has a hidden temporary name until it is whole and on the disks, then it is renamed, which is one step there. */
final class HdfsStore extends HadoopStore {
    HdfsStore(Address address, Configuration configuration, Attempts attempts) {
        super(address, configuration, attempts);
    }

    @Override
    Content write(FileSystem files, Path source, org.apache.hadoop.fs.Path target) throws IOException, StoreException {
        var context = context(target);
        var temporary = temporary(target);
        try (var in = Disk.open(source)) {
            final Content content;
            try (var out = create(context, temporary)) {
                content = Flow.copy(in, out);
                out.hsync();
            }
            context.rename(temporary, target, Options.Rename.OVERWRITE);
            return content;
        } catch (IOException e) {
            remove(context, temporary);
            throw e;
        }
    }

    @Override
    boolean writeNew(FileSystem files, byte[] content, org.apache.hadoop.fs.Path target) throws IOException {
        var context = context(target);
        var temporary = temporary(target);
        try {
            try (var out = create(context, temporary)) {
                ((OutputStream) out).write(content);
                out.hsync();
            }
            context.rename(temporary, target, Options.Rename.NONE);
            return true;
        } catch (FileAlreadyExistsException e) {
            remove(context, temporary);
            return false;
        } catch (IOException e) {
            remove(context, temporary);
            throw e;
        }
    }

    private FileContext context(org.apache.hadoop.fs.Path path) throws IOException {
        return FileContext.getFileContext(path.toUri(), configuration());
    }

    private static FSDataOutputStream create(FileContext context, org.apache.hadoop.fs.Path file) throws IOException {
        return context.create(
                file, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), Options.CreateOpts.createParent());
    }

    // Hadoop asks nothing of a server for a thread that is interrupted, which is why most files are not finished.
    private static void remove(FileContext context, org.apache.hadoop.fs.Path file) {
        var interrupted = Thread.interrupted();
        try {
            context.delete(file, false);
        } catch (IOException e) {
            // Why the file could not be written is what the user needs to know; this one has a temporary name.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static org.apache.hadoop.fs.Path temporary(org.apache.hadoop.fs.Path target) {
        return new org.apache.hadoop.fs.Path(target.getParent(), Temporary.name(target.getName()));
    }
}
