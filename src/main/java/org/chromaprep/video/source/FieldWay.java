package org.chromaprep.video.source;

/** How the two fields of interlaced frames are made one picture. */
public enum FieldWay {
    /** Of frames that are marked as interlaced, by FFmpeg's bwdif. */
    MARKED("bwdif=mode=send_frame:parity=auto:deint=interlaced", "by bwdif, where frames are marked"),
    /** Of all frames, the order of their fields as they are marked or else the upper first. */
    ALL("bwdif=mode=send_frame:parity=auto:deint=all", "by bwdif, all frames"),
    /** Of all frames, whose upper field is the first. */
    ALL_UPPER_FIRST("bwdif=mode=send_frame:parity=tff:deint=all", "by bwdif, all frames, upper field first"),
    /** Of all frames, whose lower field is the first. */
    ALL_LOWER_FIRST("bwdif=mode=send_frame:parity=bff:deint=all", "by bwdif, all frames, lower field first"),
    /**
     * Film whose frames were spread over more fields for television: fields of one frame are put together again by FFmpeg's
     * fieldmatch, and what stays combed is made whole by bwdif. A frame for a frame: the repeated ones stay, as repetitions.
     */
    TELECINED(
            "fieldmatch=order=auto:combmatch=full,bwdif=mode=send_frame:parity=auto:deint=interlaced",
            "by fieldmatch and bwdif, as of telecined film");

    private final String filters;
    private final String label;

    FieldWay(String filters, String label) {
        this.filters = filters;
        this.label = label;
    }

    String filters() {
        return filters;
    }

    /** As manifests record it. */
    public String label() {
        return label;
    }
}
