package org.chromaprep.spark.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a store is: {@code s3a://bucket/folder}, {@code hdfs://host:port/folder}, {@code hdfs:///folder}, {@code file:/folder}, or a plain
 * path of this machine. Nothing in it is percent-encoded: Hadoop takes paths as they stand.
 *
 * @param scheme in lower case
 * @param authority bucket, or host and port; empty where there is none
 * @param path begins with a slash and does not end with one, unless it is nothing but one
 */
record Address(String scheme, String authority, String path) {
    static final String FILE = "file";

    private static final Set<String> OTHERS =
            Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "s3a", "s3n", "s3", "gs", "abfs", "abfss", "wasb", "wasbs");
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?://([^/]*))?(/.*)?");

    /** Whether a text names a store, or something like one, rather than a path of this machine. */
    static boolean isKnown(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() && OTHERS.contains(matcher.group(1).toLowerCase(Locale.ROOT));
    }

    /**
     * Reads an address.
     *
     * @throws StoreException if it is none
     */
    static Address of(String text) throws StoreException {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return new Address(
                    FILE, "", Path.of(text).toAbsolutePath().normalize().toString());
        }
        var scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        var authority = matcher.group(2) == null ? "" : matcher.group(2);
        var path = matcher.group(3) == null ? "/" : matcher.group(3).replaceAll("/+", "/");
        if (scheme.equals(FILE) && !authority.isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    text + " names a machine (" + authority + "), and files are of the machine that reads them; write"
                            + " file:///" + authority + path + ", or mount that machine's folder.");
        }
        return new Address(
                scheme,
                authority,
                path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /**
     * The path of a key below this address.
     *
     * @throws IllegalArgumentException if it is no key
     */
    String path(String key) {
        if (key.isEmpty()) {
            return path;
        }
        if (Arrays.stream(key.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw new IllegalArgumentException("'" + key + "' is no key of a store");
        }
        return path.equals("/") ? path + key : path + "/" + key;
    }

    /** The key of a path below this address. */
    String key(String below) {
        var start = path.equals("/") ? 1 : path.length() + 1;
        return below.length() <= start ? "" : below.substring(start);
    }

    /** As users write a file's place. */
    String shown(String key) {
        return scheme.equals(FILE) ? path(key) : scheme + "://" + authority + path(key);
    }

    @Override
    public String toString() {
        return shown("");
    }
}
