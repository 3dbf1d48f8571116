package org.chromaprep.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Lists of films in Parquet, which Spark itself reads. Stateless. */
final class ParquetList {
    private ParquetList() {}

    /**
     * Writes one as CSV, with a line of names.
     *
     * @param address of the file, or of a folder of such files
     * @throws IOException if it cannot be read as Parquet, or the CSV not be written
     */
    static void write(String address, Path csv) throws IOException {
        try {
            var table = session().read().parquet(address);
            var lines = new ArrayList<String>();
            lines.add(Stream.of(table.columns()).map(ParquetList::quoted).collect(Collectors.joining(",")));
            table.collectAsList().forEach(row -> lines.add(line(row)));
            Files.write(csv, lines, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw new IOException(
                    "The list " + address + " cannot be read as Parquet ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "); check the path.",
                    e);
        }
    }

    // Its type differs between Spark 3 and 4, and with it the method that classes are linked to.
    private static SparkSession session() throws IOException {
        try {
            var builder = SparkSession.class.getMethod("builder").invoke(null);
            return (SparkSession) builder.getClass().getMethod("getOrCreate").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IOException("This Spark does not read tables (" + e + "); give a list in CSV.", e);
        }
    }

    private static String line(Row row) {
        return Stream.iterate(0, column -> column + 1)
                .limit(row.length())
                .map(column -> row.isNullAt(column) ? "" : quoted(String.valueOf(row.get(column))))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }
}
