package org.chromaprep.vgg;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
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

    private final List<URI> homes;
    private final Path folder;
    private final Duration patience;

    /**
     * @param homes where files come from, the first to be tried first: folders, with a slash at their end, or a file
     * @param folder receives the file; made if need be
     * @param patience how long to wait for a connection, for an answer, and for each next piece of it
     */
    Download(List<URI> homes, Path folder, Duration patience) {
        this.homes = homes;
        this.folder = folder;
        this.patience = patience;
    }

    /**
     * Downloads a file; nothing of it stays if that fails.
     *
     * @throws WeightsException if it cannot be had; its first line says why, and each of the others what to do
     */
    Path fetch(WeightsCatalog.Entry entry, DownloadProgress progress) throws WeightsException {
        var target = folder.resolve(entry.fileName());
        prepare();
        var reasons = new ArrayList<String>();
        for (var home : homes) {
            var address = address(home, entry);
            try {
                return fetch(address, entry, target, progress);
            } catch (IOException e) {
                reasons.add(address + " (" + reason(e) + ")");
            }
        }
        throw new WeightsException(
                "The weights could not be fetched: " + String.join(", ", reasons) + ".",
                List.of(
                        "Give your own: `weights` FILE, or " + WeightsEnvironment.VARIABLE + "=FILE.",
                        "Take them from elsewhere: chromaprep weights fetch `from` URL_OR_FILE, or copy them to "
                                + target + ".",
                        "Try it without training: `weights` random:0."));
    }

    private void prepare() throws WeightsException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new WeightsException(
                    "The folder " + folder + ", where weights are kept, cannot be made (" + reason(e)
                            + "); name another by XDG_CACHE_HOME, or give `weights` FILE.",
                    e);
        }
    }

    private Path fetch(URI address, WeightsCatalog.Entry entry, Path target, DownloadProgress progress)
            throws IOException {
        var part = Files.createTempFile(folder, entry.fileName(), ".part");
        part.toFile().deleteOnExit();
        try {
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                var out = Channels.newOutputStream(channel);
                if ("file".equals(address.getScheme())) {
                    var file = Path.of(address);
                    try (var in = Files.newInputStream(file)) {
                        copy(OptionalLong.of(Files.size(file)), in::read, entry, out, progress);
                    }
                } else {
                    receive(address, entry, out, progress);
                }
                channel.force(true);
            }
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    // A folder on disk may hold the files themselves, as the cache folder of another machine does.
    private static URI address(URI home, WeightsCatalog.Entry entry) {
        if (!home.getPath().endsWith("/")) {
            return home;
        }
        var plain = home.resolve(entry.fileName());
        return "file".equals(home.getScheme()) && Files.exists(Path.of(plain))
                ? plain
                : home.resolve(entry.folder() + entry.fileName());
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e.getMessage() != null
                ? e.getMessage()
                : e instanceof ConnectException ? "no connection" : e.getClass().getSimpleName();
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
            copy(
                    response.headers().firstValueAsLong("Content-Length"),
                    block -> next(reader, body, block),
                    entry,
                    out,
                    progress);
        } finally {
            reader.shutdownNow();
        }
    }

    /** Reads the next bytes; -1 at the end. */
    private interface Pieces {
        int read(byte[] block) throws IOException;
    }

    private void copy(
            OptionalLong total, Pieces pieces, WeightsCatalog.Entry entry, OutputStream out, DownloadProgress progress)
            throws IOException {
        var digest = DigestUtils.getMd5Digest();
        var block = new byte[BLOCK];
        long done = 0;
        for (int read = pieces.read(block); read >= 0; read = pieces.read(block)) {
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
            var cause = Objects.requireNonNull(e.getCause());
            throw new IOException("the connection broke off: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("it was interrupted");
    }
}
