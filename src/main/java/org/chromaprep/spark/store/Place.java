package org.chromaprep.spark.store;

/**
 * A file's address in two halves.
 *
 * @param folder the address of the store that has it
 * @param name its key there
 */
public record Place(String folder, String name) {
    /**
     * Divides an address behind its last folder.
     *
     * @throws StoreException if it is none, or is that of a whole store
     */
    public static Place of(String address) throws StoreException {
        var parsed = Address.of(address);
        var slash = parsed.path().lastIndexOf('/');
        var folder = new Address(
                parsed.scheme(),
                parsed.authority(),
                slash == 0 ? "/" : parsed.path().substring(0, slash));
        return new Place(folder.toString(), parsed.path().substring(slash + 1));
    }

    /** Whether a text is an address of a store that no path leads to. */
    public static boolean isElsewhere(String text) {
        return Address.isKnown(text);
    }

    /** The address of a key below another address. */
    public static String below(String address, String key) {
        return key.isEmpty() ? address : address.endsWith("/") ? address + key : address + "/" + key;
    }
}
