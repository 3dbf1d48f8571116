package org.chromaprep.vgg;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Brings a file of the catalog into the cache folder: whole and of the right hash, or not at all.
 *
 * <p>The bytes go to a file of their own that is renamed at the end, so downloads side by side do not disturb each
 * other.
 */
final class Download {
    private static final int BLOCK = 1 << 16;

    private final URI catalog;
    private final Path folder;
    private final Duration patience;

    /**
     * @param catalog the address of the catalog, with a slash at its end
     * @param folder receives the file; made if need be
     * @param patience how long to wait for a connection, for an answer, and for each next piece of it
     */
    Download(URI catalog, Path folder, Duration patience) {
        this.catalog = catalog;
        this.folder = folder;
        this.patience = patience;
    }

    /**
     * Downloads a file; nothing of it stays if that fails.
     *
     * @throws WeightsException if it cannot be had; the sentence spells out the choices
     */
    Path fetch(WeightsCatalog.Entry entry, DownloadProgress progress) throws WeightsException {
        var address = catalog.resolve(entry.folder() + entry.fileName());
        var target = folder.resolve(entry.fileName());
        try {
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, entry.fileName(), ".part");
            part.toFile().deleteOnExit();
            try {
                try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    receive(address, entry, Channels.newOutputStream(channel), progress);
                    channel.force(true);
                }
                return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new WeightsException("The weights could not be fetched from " + address + " (" + reason
                    + "); give --weights FILE, or set " + WeightsEnvironment.VARIABLE + "=FILE, or run 'weights fetch' "
                    + "on a machine with internet and copy the file to " + target + ", or try without training by "
                    + "--weights random:0.", e);
        }
    }

    private void receive(URI address, WeightsCatalog.Entry entry, OutputStream out, DownloadProgress progress)
            throws IOException {
        var client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        var request = HttpRequest.newBuilder(address).timeout(patience).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted();
        }
        // Each piece is awaited in a thread of its own, for the client has no time-out between pieces.
        var reader = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "weights-download");
            thread.setDaemon(true);
            return thread;
        });
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the server answered " + response.statusCode());
            }
            copy(response, body, reader, entry, out, progress);
        } finally {
            reader.shutdownNow();
        }
    }

    private void copy(HttpResponse<?> response, InputStream body, ExecutorService reader, WeightsCatalog.Entry entry,
            OutputStream out, DownloadProgress progress) throws IOException {
        var total = response.headers().firstValueAsLong("Content-Length");
        var digest = DigestUtils.getMd5Digest();
        var block = new byte[BLOCK];
        long done = 0;
        for (int read = next(reader, body, block); read >= 0; read = next(reader, body, block)) {
            done += read;
            if (done > entry.maxBytes()) {
                throw new IOException("more came than the " + entry.maxBytes() + " bytes that are allowed");
            }
            digest.update(block, 0, read);
            out.write(block, 0, read);
            progress.at(entry.fileName(), done, total);
        }
        if (total.isPresent() && done < total.getAsLong()) {
            throw new IOException("only " + done + " of " + total.getAsLong() + " bytes came");
        }
        var md5 = Hashes.hex(digest);
        if (!md5.equals(entry.md5())) {
            throw new IOException("what came has the MD5 " + md5 + " instead of " + entry.md5());
        }
    }

    private int next(ExecutorService reader, InputStream body, byte[] block) throws IOException {
        try {
            return reader.submit(() -> body.read(block)).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("nothing came for " + patience.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException("the connection broke off: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("it was interrupted");
    }
}
