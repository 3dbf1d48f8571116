package org.chromaprep.output.shard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.files.Json;
import org.chromaprep.npy.NpyReader;

/** Reads the samples of one shard in their order, whole. Whoever opened it closes it. One thread. */
public final class FilmSamples implements AutoCloseable {
    private static final int BUFFER = 1 << 20;
    private static final int MOST_NUMBERS = 1 << 28;
    /** Dense samples of large grids are the largest there are. */
    private static final long LARGEST_MEMBER = 1L << 30;

    private final TarArchiveInputStream tar;
    private Optional<Sample> next = Optional.empty();

    /**
     * A frame's sample.
     *
     * @param key as its members' names begin
     * @param members with their bytes, in the shard's order
     */
    public record Sample(String key, List<Member> members) {
        public long bytes() {
            return members.stream()
                    .mapToLong(member -> member.content().remaining())
                    .sum();
        }

        public Optional<ByteBuffer> member(String suffix) {
            return members.stream()
                    .filter(member -> member.suffix().equals(suffix))
                    .map(Member::content)
                    .findFirst();
        }

        public SampleRecord record() throws IOException {
            var json = member("json").orElseThrow(() -> new IOException(key + " has no .json member"));
            return Json.MAPPER.readValue(json.array(), SampleRecord.class);
        }

        /**
         * The same sample with more in its {@code .json}, behind what is there.
         *
         * @param more names and values
         */
        public Sample with(Map<String, Object> more) throws IOException {
            var json = member("json").orElseThrow(() -> new IOException(key + " has no .json member"));
            var tree = (ObjectNode) Json.MAPPER.readTree(json.array());
            more.forEach(tree::putPOJO);
            var content = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(tree));
            return new Sample(
                    key,
                    members.stream()
                            .map(member -> member.suffix().equals("json") ? new Member("json", content) : member)
                            .toList());
        }

        /** Its grey picture of one band, if it has one. */
        public Optional<Raster> grey() throws IOException {
            var png = member("luma.png");
            return png.isEmpty() ? Optional.empty() : Optional.of(Png.read(png.get()));
        }

        // Bars beside the picture would count as grey pixels.
        private static float[] inside(float[] ab, int width, List<Integer> picture) {
            var inside = new float[2 * picture.get(2) * picture.get(3)];
            for (var row = 0; row < picture.get(2); row++) {
                System.arraycopy(
                        ab,
                        2 * ((picture.get(0) + row) * width + picture.get(1)),
                        inside,
                        2 * row * picture.get(3),
                        2 * picture.get(3));
            }
            return inside;
        }

        public ColourCounts colours() throws IOException {
            var record = record();
            var picture = record.picture();
            var all = member("ab.npy");
            var ab = all.or(() -> member("samples_ab.npy"));
            var values = ab.isEmpty()
                    ? new float[0]
                    : NpyReader.read(new ByteArrayInputStream(ab.get().array()), MOST_NUMBERS)
                            .values();
            var grey = grey();
            return ColourCounts.of(
                    all.isPresent() ? inside(values, record.grid().get(1), picture) : values,
                    grey.isEmpty()
                            ? new int[0]
                            : grey.get()
                                    .getSamples(
                                            picture.get(1), picture.get(0), picture.get(3), picture.get(2), 0, (int[])
                                                    null));
        }
    }

    public FilmSamples(Path shard) throws IOException {
        this(new BufferedInputStream(Files.newInputStream(shard), BUFFER));
    }

    /**
     * @param shard or some whole samples of one; closed with this
     */
    public FilmSamples(InputStream shard) throws IOException {
        tar = new TarArchiveInputStream(shard);
        next = readMember();
    }

    /** The next sample; empty behind the last one. */
    public Optional<Sample> read() throws IOException {
        if (next.isEmpty()) {
            return Optional.empty();
        }
        var key = next.get().key();
        var members = new ArrayList<>(next.get().members());
        for (next = readMember(); next.isPresent() && next.get().key().equals(key); next = readMember()) {
            members.addAll(next.get().members());
        }
        return Optional.of(new Sample(key, members));
    }

    private Optional<Sample> readMember() throws IOException {
        var entry = tar.getNextEntry();
        if (entry == null) {
            return Optional.empty();
        }
        var dot = entry.getName().indexOf('.');
        if (dot < 0) {
            throw new IOException("the member " + entry.getName() + " is no sample's");
        }
        if (entry.isSparse() || entry.getSize() > LARGEST_MEMBER) {
            throw new IOException("the member " + entry.getName() + " claims " + entry.getRealSize()
                    + " bytes, more than a sample has");
        }
        var content = ByteBuffer.wrap(tar.readAllBytes());
        return Optional.of(new Sample(
                entry.getName().substring(0, dot),
                List.of(new Member(entry.getName().substring(dot + 1), content))));
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
