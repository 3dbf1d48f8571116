/**
 * NumPy's array file format, version 1.0 to 3.0 (numpy.lib.format, "NPY format"), and half-precision floats.
 *
 * <p>The lowest floor: knows nothing of ours. Files are treated as hostile: sizes are checked before memory is taken,
 * and arrays of Python objects are refused.
 */
package org.chromaprep.npy;
