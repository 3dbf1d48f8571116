package org.chromaprep.spark.store;

import java.io.File;

/**
 * HDFS with one machine, until the standard input ends. Run by a process that has its libraries, which are not there when this is
 * compiled.
 */
public final class HdfsServer {
    private HdfsServer() {}

    /** @param arguments a folder */
    public static void main(String[] arguments) throws Exception {
        var configuration = Class.forName("org.apache.hadoop.conf.Configuration");
        var builder = Class.forName("org.apache.hadoop.hdfs.MiniDFSCluster$Builder");
        var settings = configuration.getConstructor().newInstance();
        var cluster = invoke(
                builder.getConstructor(configuration, File.class).newInstance(settings, new File(arguments[0])),
                "build");
        invoke(cluster, "waitActive");
        System.out.println("port " + invoke(cluster, "getNameNodePort"));
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        System.exit(0);
    }

    private static Object invoke(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
