package org.chromaprep.spark.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders that are reached by addresses of buckets and by no path, as object stores are. */
public final class RemoteFolders extends Stores {
    private static final long serialVersionUID = 1L;

    private final String folder;

    /** @param folder has a folder for each bucket */
    public RemoteFolders(Path folder) {
        super(Map.of());
        this.folder = folder.toString();
    }

    @Override
    public Store open(String text) throws StoreException {
        var address = Address.of(text);
        if (address.scheme().equals(Address.FILE)) {
            return super.open(text);
        }
        if (!address.scheme().equals("s3a")) {
            throw new StoreException(StoreException.Kind.REFUSED, text + " lets nobody in.");
        }
        return new Remote(
                address.toString(),
                new LocalStore(
                        Address.of(folder + "/" + address.authority() + address.path()), new Attempts(List.of())));
    }

    private record Remote(String address, Store files) implements Store {
        @Override
        public Optional<Path> local(String key) {
            return Optional.empty();
        }

        @Override
        public Content put(Path file, String key) throws StoreException {
            return files.put(file, key);
        }

        @Override
        public boolean putNew(byte[] content, String key) throws StoreException {
            return files.putNew(content, key);
        }

        @Override
        public Content get(String key, Path file) throws StoreException {
            return files.get(key, file);
        }

        @Override
        public byte[] read(String key, int limit) throws StoreException {
            return files.read(key, limit);
        }

        @Override
        public Content content(String key) throws StoreException {
            return files.content(key);
        }

        @Override
        public Optional<Entry> find(String key) throws StoreException {
            return files.find(key);
        }

        @Override
        public List<Entry> list(String key, boolean deep) throws StoreException {
            return files.list(key, deep);
        }

        @Override
        public void delete(String key) throws StoreException {
            files.delete(key);
        }
    }
}
