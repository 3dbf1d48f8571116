package org.chromaprep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameTableTest {
    @TempDir
    private Path folder;

    private Path table(int columns, int rows) throws Exception {
        var kinds = new LinkedHashMap<String, FrameTable.Kind>();
        for (var column = 0; column < columns; column++) {
            kinds.put("column" + column, FrameTable.Kind.values()[column % 3]);
        }
        var file = folder.resolve("table.parquet");
        try (var table = new FrameTable(file, kinds)) {
            for (var row = 0; row < rows; row++) {
                var number = row;
                table.add(kinds.values().stream()
                        .<Optional<?>>map(kind -> switch (kind) {
                            case TEXT -> number % 7 == 0 ? Optional.empty() : Optional.of("text " + number % 5);
                            case WHOLE -> Optional.of((long) number);
                            case FRACTION -> Optional.of(number / 8.0);
                        })
                        .toList());
            }
        }
        return file;
    }

    @Test
    void theFooterIsInAnOrderThatNoProcessChooses() throws Exception {
        var bytes = Files.readAllBytes(table(24, 1_000));
        var length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        var footer = Util.readFileMetaData(
                new ByteArrayInputStream(Arrays.copyOfRange(bytes, bytes.length - 8 - length, bytes.length - 8)));

        assertThat(bytes).endsWith(0x50, 0x41, 0x52, 0x31);
        assertThat(footer.getRow_groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.getColumns()).hasSize(24).allSatisfy(column -> {
                    assertThat(column.getMeta_data().getEncodings())
                            .hasSizeGreaterThan(1)
                            .isSorted();
                    assertThat(column.getMeta_data().getEncoding_stats())
                            .extracting(each -> each.getPage_type().getValue())
                            .isSorted();
                }));
    }

    @Test
    void theRowsAreThere() throws Exception {
        try (var reader = ParquetFileReader.open(new LocalInputFile(table(3, 1_000)))) {
            var schema = reader.getFileMetaData().getSchema();
            var pages = reader.readNextRowGroup();
            var records =
                    new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
            assertThat(pages.getRowCount()).isEqualTo(1_000);
            for (var row = 0; row < 1_000; row++) {
                var record = records.read();
                assertThat(record.getFieldRepetitionCount(0)).isEqualTo(row % 7 == 0 ? 0 : 1);
                assertThat(record.getLong(1, 0)).isEqualTo(row);
                assertThat(record.getDouble(2, 0)).isEqualTo(row / 8.0);
            }
            assertThat(schema.getFieldCount()).isEqualTo(3);
        }
    }
}
