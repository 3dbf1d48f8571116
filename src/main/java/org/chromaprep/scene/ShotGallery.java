package org.chromaprep.scene;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Pictures of numbered scenes, in which those are found that show the same shot as others: also if one of both has another size or
 * shape of pixels, was encoded anew, or shows a part only: cut alike on all sides by up to a fifth, or on two opposite sides down to
 * seven tenths, anywhere, as films are fitted to screens of another shape. Mirrored pictures are not recognised, nor are pictures
 * that were turned.
 *
 * <p>Two pictures are candidates if the perceptual hash of one whole picture is near to that of a part of the other, of a fixed
 * list of parts. A candidate is confirmed where, after the part was fitted to the other picture by small steps, both their grey
 * values and what is left of these without their local means are correlated: the first alone would call any two pictures alike that
 * are bright in the middle. Two scenes are alike if one has a picture that shows a part of one of the other's.
 *
 * <p>Immutable; any number of threads may use it.
 */
public final class ShotGallery {
    private final ShotPicture[] pictures;
    private final int[] scenes;
    // Beside each other in memory, since all are looked at for each picture that is looked for.
    private final long[] hashes;

    /** @param scenes the pictures of each; those that show too little are left out */
    public ShotGallery(List<List<ShotPicture>> scenes) {
        var telling = new ArrayList<ShotPicture>();
        var owners = new ArrayList<Integer>();
        for (var scene = 0; scene < scenes.size(); scene++) {
            for (var picture : scenes.get(scene)) {
                if (picture.telling()) {
                    telling.add(picture);
                    owners.add(scene);
                }
            }
        }
        this.pictures = telling.toArray(ShotPicture[]::new);
        this.scenes = owners.stream().mapToInt(Integer::intValue).toArray();
        this.hashes = telling.stream().mapToLong(ShotPicture::hash).toArray();
    }

    /**
     * Finds the scenes that have a picture that shows a part of one of some pictures.
     *
     * @param wholes the pictures
     * @param known scenes that need not be looked at
     * @return their numbers, and no known ones
     */
    public BitSet within(List<ShotPicture> wholes, BitSet known) {
        var found = new BitSet();
        for (var whole : wholes) {
            if (!whole.telling()) {
                continue;
            }
            var fit = new PictureFit(whole);
            for (var i = 0; i < pictures.length; i++) {
                if (known.get(scenes[i]) || found.get(scenes[i])) {
                    continue;
                }
                var nearest = whole.nearest(hashes[i]);
                if (nearest >= 0 && fit.fits(pictures[i], PicturePart.LISTED.get(nearest))) {
                    found.set(scenes[i]);
                }
            }
        }
        return found;
    }
}
