package org.chromaprep.annotate;

/** Brightness of {@code 0xRRGGBB} colours: the luma weights of BT.601 in 256ths, so that greys stay as they are. */
final class Grey {
    private Grey() {}

    /** 0 to 255. */
    static int level(int rgb) {
        return 77 * (rgb >> 16 & 255) + 150 * (rgb >> 8 & 255) + 29 * (rgb & 255) + 128 >> 8;
    }

    /** The grey of a level, {@code 0xRRGGBB}. */
    static int colour(int level) {
        return level * 0x010101;
    }
}
