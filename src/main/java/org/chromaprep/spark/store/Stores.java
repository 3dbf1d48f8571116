package org.chromaprep.spark.store;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Opens stores by their addresses. It is made by the driver and travels to the executors with their tasks. */
public class Stores implements Serializable {
    /** What the settings of Spark that are meant for Hadoop begin with. */
    public static final String PREFIX = "spark.hadoop.";

    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> settings;

    /**
     * @param settings Hadoop's, beside those in the class path's own files: what Spark calls {@code spark.hadoop.*}, without that prefix
     */
    public Stores(Map<String, String> settings) {
        this.settings = new HashMap<>(settings);
    }

    /** Hadoop's settings. */
    public final Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /**
     * Opens a store. Nothing is asked of it yet.
     *
     * @param address a plain path or {@code file:} of a folder that all machines see, {@code hdfs:} or {@code s3a:}
     * @throws StoreException if it is of none of these kinds
     */
    public Store open(String address) throws StoreException {
        return open(address, Attempts.USUAL);
    }

    Store open(String text, Attempts attempts) throws StoreException {
        var address = Address.of(text);
        return switch (address.scheme()) {
            case Address.FILE -> new LocalStore(address, attempts);
            case "hdfs", "webhdfs", "swebhdfs", "viewfs" -> new HdfsStore(address, configuration(), attempts);
            case "s3a" -> ofS3(address, attempts);
            case "s3", "s3n" ->
                throw new StoreException(
                        StoreException.Kind.REFUSED,
                        text + " is written s3a:" + text.substring(text.indexOf(':') + 1)
                                + " for Hadoop; use that address.");
            default ->
                throw new StoreException(
                        StoreException.Kind.REFUSED,
                        text
                                + " is of a kind that films and results cannot live in; use a folder that all machines see,"
                                + " hdfs: or s3a:.");
        };
    }

    private Store ofS3(Address address, Attempts attempts) throws StoreException {
        if (address.authority().isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.REFUSED, address + " names no bucket; write s3a://BUCKET/FOLDER.");
        }
        return new S3Store(address, configuration(), attempts);
    }

    private Configuration configuration() {
        var configuration = new Configuration();
        settings.forEach(configuration::set);
        return configuration;
    }
}
