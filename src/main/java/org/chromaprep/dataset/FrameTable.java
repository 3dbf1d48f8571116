package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
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
        var fields = new ArrayList<Type>();
        columns.forEach((name, kind) -> fields.add(switch (kind) {
            case TEXT -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
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
