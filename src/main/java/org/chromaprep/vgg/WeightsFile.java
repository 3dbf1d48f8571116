package org.chromaprep.vgg;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * An open file or folder of weights. Its content is untrusted: sizes are checked before memory is taken.
 *
 * <p>Who opens it closes it. Not safe for several threads.
 */
interface WeightsFile extends Closeable {
    /** The kind of file, as {@link WeightsOrigin} names it. */
    String kind();

    /** What networks of this kind of file were trained on. */
    Preprocessing preprocessing();

    /** Whether both the layer's kernel and its bias are there. */
    boolean has(VggLayer layer) throws IOException;

    /** As {@link #has}, by a name that a file of a network without such a layer does not have. */
    default boolean hasByName(VggLayer layer) throws IOException {
        return has(layer);
    }

    /**
     * One layer's numbers in {@link VggWeights}' orders.
     *
     * @throws WeightsException if they are missing, misshapen or of a type that is not read
     * @throws IOException if reading fails
     */
    VggWeights.LayerWeights read(VggLayer layer) throws IOException, WeightsException;

    /** Names of some of the arrays or groups, to show what else the file may be. */
    List<String> content() throws IOException;
}
