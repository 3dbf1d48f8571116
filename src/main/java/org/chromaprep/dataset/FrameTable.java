package org.chromaprep.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Writes a table as a Parquet file without compression: texts, whole numbers and fractions, any of which a row may lack. The same
 * rows give the same bytes. Whoever opened it closes it. One thread.
 */
final class FrameTable implements AutoCloseable {
    /** The file's name in the data set's folder. */
    static final String FILE = "frames.parquet";

    private static final int TRAILER = 8;

    private final Path file;
    private final ParquetWriter<List<Optional<?>>> writer;

    /** What a column holds. */
    enum Kind {
        TEXT,
        WHOLE,
        FRACTION
    }

    /**
     * @param file which is replaced if it is there
     * @param columns names and kinds, in order
     */
    FrameTable(Path file, Map<String, Kind> columns) throws IOException {
        this.file = file;
        var fields = new ArrayList<Type>();
        columns.forEach((name, kind) -> fields.add(
                switch (kind) {
                    case TEXT ->
                        Types.optional(PrimitiveTypeName.BINARY)
                                .as(LogicalTypeAnnotation.stringType())
                                .named(name);
                    case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(name);
                    case FRACTION -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
                }));
        writer = new Builder(new LocalOutputFile(file), new MessageType("frames", fields))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build();
    }

    /** Adds a row: a String, a Long or a Double for each column, or nothing. */
    void add(List<Optional<?>> row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        order();
    }

    // Parquet's writer names the encodings of a column in an order that differs from process to
    // process, and a build that is continued by another one gives the same bytes.
    private void order() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var trailer = read(channel, channel.size() - TRAILER, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
            var begin = channel.size() - TRAILER - trailer.getInt(0);
            var footer = Util.readFileMetaData(new ByteArrayInputStream(
                    read(channel, begin, trailer.getInt(0)).array()));
            footer.getRow_groups().stream()
                    .flatMap(group -> group.getColumns().stream())
                    .map(ColumnChunk::getMeta_data)
                    .forEach(column -> {
                        column.getEncodings().sort(Comparator.naturalOrder());
                        column.getEncoding_stats()
                                .sort(Comparator.comparing(PageEncodingStats::getPage_type)
                                        .thenComparing(PageEncodingStats::getEncoding));
                    });
            var bytes = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, bytes);
            trailer.putInt(0, bytes.size());
            var end = ByteBuffer.allocate(bytes.size() + TRAILER)
                    .put(bytes.toByteArray())
                    .put(trailer.rewind())
                    .flip();
            channel.truncate(begin);
            while (end.hasRemaining()) {
                channel.write(end, channel.size());
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("The table of frames ends early.");
            }
        }
        return buffer.flip();
    }

    private static final class Builder extends ParquetWriter.Builder<List<Optional<?>>, Builder> {
        private final MessageType schema;

        Builder(OutputFile file, MessageType schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        // Hadoop's way in, which nobody takes here, but the class demands.
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<List<Optional<?>>> getWriteSupport(Configuration configuration) {
            return new Rows(schema);
        }

        @Override
        protected WriteSupport<List<Optional<?>>> getWriteSupport(ParquetConfiguration configuration) {
            return new Rows(schema);
        }
    }

    private static final class Rows extends WriteSupport<List<Optional<?>>> {
        private final MessageType schema;
        private Optional<RecordConsumer> consumer = Optional.empty();

        Rows(MessageType schema) {
            this.schema = schema;
        }

        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = Optional.of(recordConsumer);
        }

        @Override
        public void write(List<Optional<?>> row) {
            var out = consumer.orElseThrow();
            out.startMessage();
            for (var column = 0; column < row.size(); column++) {
                if (row.get(column).isPresent()) {
                    var name = schema.getFieldName(column);
                    out.startField(name, column);
                    write(out, row.get(column).get());
                    out.endField(name, column);
                }
            }
            out.endMessage();
        }

        private static void write(RecordConsumer out, Object value) {
            if (value instanceof Long whole) {
                out.addLong(whole);
            } else if (value instanceof Double fraction) {
                out.addDouble(fraction);
            } else {
                out.addBinary(Binary.fromString((String) value));
            }
        }
    }
}
