package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What the ending of a file's name says that it is. */
public enum FileKind {
    /** A film in a container of its own. */
    FILM,
    /** A picture, alone or one of many that make a film. */
    PICTURE,
    /** Something that lies beside films and is none: text, subtitles, sound, archives, programs. */
    OTHER,
    /** An ending that says nothing, so that only the content can say. */
    UNKNOWN;

    private static final Set<String> PICTURES = Set.of(
            "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "pgm", "ppm", "pnm", "pbm", "tga", "jp2", "exr", "dpx",
            "avif", "heic", "heif");
    private static final Set<String> FILMS = Set.of(
            "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "divx", "mpg", "mpeg", "mpe", "m1v", "m2v", "ts", "m2ts",
            "m2t", "mts", "mod", "tod", "vob", "ogv", "ogm", "wmv", "asf", "flv", "f4v", "mxf", "gxf", "3gp", "3g2",
            "rm", "rmvb", "y4m", "nut", "gif", "apng", "h264", "264", "h265", "hevc", "265", "ivf", "obu", "dv",
            "mjpeg", "mjpg", "wtv");
    private static final Set<String> OTHERS = Set.of(
            "srt",
            "vtt",
            "ass",
            "ssa",
            "sub",
            "idx",
            "sup",
            "smi",
            "txt",
            "md",
            "nfo",
            "rtf",
            "doc",
            "docx",
            "odt",
            "ods",
            "xls",
            "xlsx",
            "pdf",
            "xml",
            "json",
            "jsonl",
            "csv",
            "tsv",
            "yaml",
            "yml",
            "html",
            "htm",
            "css",
            "js",
            "log",
            "ini",
            "conf",
            "url",
            "lnk",
            "desktop",
            "db",
            "md5",
            "sha1",
            "sha256",
            "sfv",
            "par2",
            "torrent",
            "cue",
            "m3u",
            "m3u8",
            "pls",
            "xspf",
            "edl",
            "otio",
            "mp3",
            "m4a",
            "aac",
            "flac",
            "wav",
            "aif",
            "aiff",
            "wma",
            "opus",
            "ac3",
            "dts",
            "mka",
            "mid",
            "zip",
            "gz",
            "bz2",
            "xz",
            "zst",
            "7z",
            "rar",
            "tar",
            "iso",
            "exe",
            "dll",
            "so",
            "sh",
            "bat",
            "py",
            "jar",
            "part",
            "tmp",
            "crdownload",
            "ifo",
            "bup");

    /** By the name's last ending, in letters of any case. */
    public static FileKind of(Path file) {
        var name = file.getFileName().toString();
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (name.lastIndexOf('.') <= 0) {
            return UNKNOWN;
        }
        return FILMS.contains(ending)
                ? FILM
                : PICTURES.contains(ending) ? PICTURE : OTHERS.contains(ending) ? OTHER : UNKNOWN;
    }
}
