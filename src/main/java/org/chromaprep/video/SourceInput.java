package org.chromaprep.video;

import java.nio.file.Path;
import java.util.List;

/** One film to open. */
public sealed interface SourceInput {
    /** What to call it: a file name, a folder name, or the text that was given. */
    String name();

    /** Whether it happens now, so that what is not taken at once is gone. */
    default boolean live() {
        return false;
    }

    /** A film or a single picture. */
    record FilmFile(Path file) implements SourceInput {
        @Override
        public String name() {
            return file.getFileName().toString();
        }
    }

    /**
     * Pictures that make a film of 25 frames a second.
     *
     * @param folder where they lie
     * @param files at least one, in the film's order
     */
    record PictureFolder(Path folder, List<Path> files) implements SourceInput {
        public PictureFolder {
            files = List.copyOf(files);
        }

        @Override
        public String name() {
            var last = folder.toAbsolutePath().normalize().getFileName();
            return last == null ? "pictures" : last.toString();
        }
    }

    /** A film that FFmpeg's filters draw; it ends only if its graph does. */
    record FilterGraph(String graph) implements SourceInput {
        @Override
        public String name() {
            return "lavfi:" + graph;
        }
    }

    /**
     * A stream from a network.
     *
     * @param url its address, passwords included; {@link #name} leaves them and the query out
     */
    record Stream(String url) implements SourceInput {
        @Override
        public String name() {
            return new StreamAddress(url).shown();
        }

        @Override
        public boolean live() {
            return true;
        }
    }

    /**
     * A camera of this machine.
     *
     * @param device its number, its path or its name
     */
    record Camera(String device) implements SourceInput {
        @Override
        public String name() {
            return "camera:" + device;
        }

        @Override
        public boolean live() {
            return true;
        }
    }

    /** What another program pipes into this one. */
    record StandardInput() implements SourceInput {
        @Override
        public String name() {
            return "stdin";
        }
    }
}
