package org.chromaprep.spark.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;

/**
 * What Hadoop's clients throw, as a sentence for the user. Classes of clients that may be missing are recognised by their names. Whether
 * something is thrown as itself, wrapped, or wrapped in what is wrapped differs between Hadoop's versions, so all causes are looked at.
 */
final class HadoopTroubles {
    private final Address address;

    HadoopTroubles(Address address) {
        this.address = address;
    }

    /**
     * Something failed.
     *
     * @param doing as a sentence begins: {@code Reading}, say
     * @param key of the file
     */
    StoreException of(String doing, String key, Throwable failure) {
        var causes = causes(failure);
        var shown = address.shown(key);
        if (has(causes, InterruptedException.class, ClosedByInterruptException.class)
                || has(causes, InterruptedIOException.class) && !has(causes, SocketTimeoutException.class)) {
            return new StoreException(
                    StoreException.Kind.INTERRUPTED, doing + " " + shown + " was interrupted.", failure);
        }
        var refusal = missingClasses(causes)
                .or(() -> credentials(causes))
                .or(() -> bucket(causes))
                .or(() -> permission(causes, doing, shown));
        if (refusal.isPresent()) {
            return new StoreException(StoreException.Kind.REFUSED, refusal.get(), failure);
        }
        if (has(causes, FileNotFoundException.class)) {
            return new StoreException(StoreException.Kind.MISSING, shown + " is not there; check its name.", failure);
        }
        if (named(causes, "QuotaExceededException") || text(causes).contains("could only be written to 0")) {
            return new StoreException(
                    StoreException.Kind.SPACE,
                    doing + " " + shown + " failed, since the store has no space left (" + brief(failure)
                            + "); make space or raise its quota, and run the same command again.",
                    failure);
        }
        if (has(causes, ConnectException.class, NoRouteToHostException.class, UnknownHostException.class)
                || has(causes, SocketTimeoutException.class)
                || text(causes).contains("unable to execute http request")) {
            return new StoreException(
                    StoreException.Kind.UNREACHABLE,
                    root() + " does not answer (" + brief(causes.get(causes.size() - 1)) + "); check its address"
                            + (isS3() ? ", fs.s3a.endpoint and fs.s3a.endpoint.region" : " and port")
                            + ", and that it is reached from " + LocalTroubles.machine() + ".",
                    failure);
        }
        // What is not of input or output is of the client and its settings, and will be so next time.
        var kind = has(causes, IOException.class) ? StoreException.Kind.OTHER : StoreException.Kind.REFUSED;
        var first = brief(causes.get(0));
        var last = brief(causes.get(causes.size() - 1));
        return new StoreException(
                kind,
                doing + " " + shown + " failed (" + first + (last.equals(first) ? "" : "; " + last)
                        + "); run the same command again.",
                failure);
    }

    private Optional<String> missingClasses(List<Throwable> causes) {
        var text = text(causes);
        if (isS3() && (text.contains("s3afilesystem not found") || has(causes, UnsupportedFileSystemException.class))) {
            return Optional.of(root() + " needs hadoop-aws, which is not among Spark's jars; give spark-submit's option"
                    + " packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion() + ".");
        }
        if (has(causes, UnsupportedFileSystemException.class)) {
            return Optional.of("Hadoop knows no file system for " + root() + "; add its jar by spark-submit's option"
                    + " packages.");
        }
        if (has(causes, LinkageError.class) || has(causes, ClassNotFoundException.class)) {
            return Optional.of(
                    root() + " cannot be used, since jars do not fit together (" + brief(causes.get(causes.size() - 1))
                            + "); give spark-submit's option packages the hadoop-aws of Spark's own Hadoop, "
                            + VersionInfo.getVersion() + ".");
        }
        return Optional.empty();
    }

    private Optional<String> credentials(List<Throwable> causes) {
        var text = text(causes);
        return isS3()
                        && (named(causes, "NoAuthWithAWSException")
                                || named(causes, "NoAwsCredentialsException")
                                || named(causes, "CredentialInitializationException")
                                || text.contains("no aws credentials")
                                || text.contains("unable to load credentials"))
                ? Optional.of(
                        "There are no credentials for " + root() + "; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                                + " on all machines, or spark.hadoop.fs.s3a.access.key and spark.hadoop.fs.s3a.secret.key, or"
                                + " name a provider by spark.hadoop.fs.s3a.aws.credentials.provider.")
                : Optional.empty();
    }

    private Optional<String> bucket(List<Throwable> causes) {
        var text = text(causes);
        return isS3()
                        && (named(causes, "UnknownStoreException")
                                || text.contains("nosuchbucket")
                                || text.contains("bucket does not exist"))
                ? Optional.of("There is no bucket " + address.authority() + "; make it, or check its name"
                        + ", fs.s3a.endpoint and fs.s3a.endpoint.region.")
                : Optional.empty();
    }

    private Optional<String> permission(List<Throwable> causes, String doing, String shown) {
        if (!has(causes, AccessDeniedException.class, AccessControlException.class)) {
            return Optional.empty();
        }
        return Optional.of(doing + " " + shown + " is not allowed ("
                + (isS3() ? "the store refuses these credentials" : LocalTroubles.user() + " has no permission")
                + "); " + (isS3() ? "give them the permission, or use others." : "change the folder's permissions."));
    }

    private boolean isS3() {
        return address.scheme().equals("s3a");
    }

    private String root() {
        return address.scheme() + "://" + address.authority();
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (var each = failure; each != null && !causes.contains(each); each = each.getCause()) {
            if (!(each instanceof ExecutionException) || each.getCause() == null) {
                causes.add(each);
            }
        }
        return causes;
    }

    private static boolean has(List<Throwable> causes, Class<?>... types) {
        return causes.stream().anyMatch(each -> Arrays.stream(types).anyMatch(type -> type.isInstance(each)));
    }

    private static boolean named(List<Throwable> causes, String simpleName) {
        return causes.stream()
                .anyMatch(each -> each.getClass().getSimpleName().endsWith(simpleName)
                        || String.valueOf(each.getMessage()).contains("." + simpleName + ":"));
    }

    private static String text(List<Throwable> causes) {
        var text = new StringBuilder();
        causes.forEach(each -> text.append(each).append('\n'));
        return text.toString().toLowerCase(Locale.ROOT);
    }

    // Hadoop's messages have many lines, with identifiers of requests and stack traces of other machines.
    private static String brief(Throwable failure) {
        var line = String.valueOf(failure).lines().findFirst().orElse("").strip();
        var limit = 200;
        return line.length() > limit ? line.substring(0, limit) + "..." : line;
    }
}
