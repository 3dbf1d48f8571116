"""The reader with NumPy alone: python3 -m unittest discover scripts/python/tests"""

import functools
import http.server
import importlib.util
import io
import os
import sys
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

import numpy as np

import made
from chromaprep_data import Samples, batches, bins, read_png, rebalancing, samples, stacked


class ReaderTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "dataset"
        self.made = made.data_set(self.folder)

    def check(self, sample):
        for name, data in self.made[sample.key].items():
            if name.endswith(".npy"):
                np.testing.assert_array_equal(sample[name], np.load(io.BytesIO(data)))
        self.assertEqual(set(sample) - {"__key__"}, set(self.made[sample.key]))

    def test_samples_come_in_order_and_whole(self):
        found = list(samples(self.folder, "train"))
        self.assertEqual([sample.key for sample in found], list(self.made))
        for sample in found:
            self.check(sample)

    def test_samples_are_found_by_number(self):
        by_number = Samples(self.folder, "train")
        self.assertEqual(len(by_number), 12)
        for number, key in enumerate(self.made):
            self.assertEqual(by_number[number].key, key)
            self.check(by_number[number])
        self.assertEqual(by_number[-1].key, "mixed_000000004")
        self.assertEqual([sample.key for sample in by_number[6:8]], ["colour_000000006", "mixed_000000000"])
        with self.assertRaises(IndexError):
            by_number[12]
        self.assertEqual(len(Samples(self.folder, "val")), 0)

    def test_members_that_nobody_wants_are_not_read(self):
        sample = Samples(self.folder, "train", {"luma.png"})[3]
        self.assertEqual(set(sample), {"__key__", "json", "luma.png"})
        self.assertIsNone(sample.ab)

    def test_records_have_types(self):
        record = Samples(self.folder, "train")[8].record
        self.assertEqual((record.film, record.frame, record.scene_id), ("mixed", 1, "mixed0-00000"))
        self.assertIsInstance(record.time, float)
        self.assertEqual(record.picture, (0, 0, 3, 4))
        self.assertIsNone(Samples(self.folder, "train")[9].record.pts)
        self.assertEqual(record.columns["licence"], "CC0")

    def test_the_inside_of_a_picture_has_no_bars(self):
        sample = Samples(self.folder, "train")[0]
        np.testing.assert_array_equal(sample.luma[sample.inside], sample.luma[1:3])

    def test_pictures_of_every_filter_are_read(self):
        draw = np.random.default_rng(1)
        for shape in ((9, 7), (5, 8, 3), (1, 1), (1, 1, 3)):
            pixels = draw.integers(0, 256, shape, np.uint8)
            for kind in range(5):
                np.testing.assert_array_equal(read_png(made.png(pixels, kind)), pixels, f"filter {kind}")

    def test_hypercolumns_of_pixels_are_those_of_the_grid(self):
        sample = Samples(self.folder, "train")[2]
        yx = sample["samples_yx.npy"]
        np.testing.assert_allclose(sample.hypercolumns()[yx[:, 0], yx[:, 1]], sample.hypercolumns(yx), rtol=1e-6)

    def test_members_are_stacked(self):
        yx, columns = stacked(self.folder, "train", "samples_yx.npy", "samples.npy")
        self.assertEqual((len(yx), len(columns)), (11 * 6 + 4, 11 * 6 + 4))

    def test_rare_classes_weigh_more(self):
        weights = rebalancing(self.folder)
        self.assertEqual(len(weights), len(bins(self.folder)))
        self.assertGreater(weights[1], weights[0])

    def test_parts_that_are_not_there_are_named(self):
        with self.assertRaisesRegex(ValueError, "no part 'tran', but train, val, test"):
            Samples(self.folder, "tran")

    @unittest.skipUnless(importlib.util.find_spec("pyarrow"), "pyarrow is not installed")
    def test_places_are_read_from_the_table(self):
        import pyarrow
        import pyarrow.parquet as parquet
        rows = []
        for number in range(2):
            name = f"train-{number:06}.tar"
            rows += [(name, begin, end - begin) for begin, end in Samples(self.folder)._ranges(name)]
        shard, offset, length = zip(*reversed(rows))
        parquet.write_table(pyarrow.table({"shard": shard, "offset": offset, "length": length}), self.folder / "frames.parquet")
        by_table = Samples(self.folder, "train")
        self.assertEqual([by_table[number].key for number in range(12)], list(self.made))
        self.assertTrue(by_table._table)

    @unittest.skipUnless(importlib.util.find_spec("fsspec") and importlib.util.find_spec("aiohttp"), "fsspec or aiohttp is not installed")
    def test_data_is_read_by_http(self):
        handler = functools.partial(Quiet, directory=str(self.folder.parent))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        remote = Samples(f"http://127.0.0.1:{server.server_port}/dataset", "train")
        self.assertEqual([sample.key for sample in remote], list(self.made))
        self.check(remote[5])

    @unittest.skipUnless(importlib.util.find_spec("fsspec"), "fsspec is not installed")
    def test_data_is_read_from_any_store_that_fsspec_knows(self):
        import fsspec
        memory = fsspec.filesystem("memory")
        for file in self.folder.iterdir():
            memory.pipe_file(f"/bucket/dataset/{file.name}", file.read_bytes())
        remote = Samples("memory://bucket/dataset/", "train")
        self.assertEqual([sample.key for sample in remote], list(self.made))
        self.check(remote[11])

    def test_samples_are_cut_to_their_pictures_with_their_places_and_features(self):
        for sample in Samples(self.folder, "train"):
            made, inside = sample.cut(), sample.inside
            np.testing.assert_array_equal(made.luma, sample.luma[inside])
            np.testing.assert_array_equal(made.hypercolumns(), sample.hypercolumns()[inside])
            np.testing.assert_array_equal(made.hypercolumns(made["samples_yx.npy"]), sample.hypercolumns(sample["samples_yx.npy"]))
            self.assertEqual(made.record.grid, made.luma.shape)
            self.assertEqual(made.inside, (slice(0, made.luma.shape[0]), slice(0, made.luma.shape[1])))
            self.assertEqual(sample.luma.shape, (4, 4))

    def test_batches_of_one_shape_hold_all_samples_once(self):
        cut = [sample.cut() for sample in Samples(self.folder, "train")]
        made = list(batches(cut, 3, "luma.png", "ab.npy"))
        self.assertEqual([len(batch["__key__"]) for batch in made], [3, 3, 1, 2])
        self.assertEqual({batch["luma.png"].shape[1:] for batch in made}, {(2, 4), (3, 4)})
        self.assertEqual(sorted(key for batch in made for key in batch["__key__"]), sorted(self.made)[:9])
        for batch in made:
            for number, key in enumerate(batch["__key__"]):
                sample = next(sample for sample in cut if sample.key == key)
                np.testing.assert_array_equal(batch["ab.npy"][number], sample.ab)
        self.assertEqual(sum(len(batch["__key__"]) for batch in batches(cut, 3, "luma.png", "ab.npy", last=False)), 6)

    def test_samples_are_found_by_their_keys(self):
        samples = Samples(self.folder, "train")
        for key in self.made:
            self.assertEqual(samples.by_key(key).key, key)
        with self.assertRaises(KeyError):
            samples.by_key("nobody_000000000")

    def check_s3(self, place):
        remote = Samples(f"{place}/", "train", {"luma.png", "samples.npy"})
        self.assertEqual([sample.key for sample in remote], list(self.made))
        self.check(Samples(place, "train")[5])
        self.assertEqual(remote.by_key("mixed_000000003").record.frame, 3)
        np.testing.assert_array_equal(bins(place), bins(self.folder))
        with self.assertRaises(FileNotFoundError):
            Samples(place + "/nothing", "train")

    def test_data_is_read_from_s3(self):
        """A server that speaks S3, and whichever of the two clients is installed."""
        if not importlib.util.find_spec("moto") or not importlib.util.find_spec("fsspec"):
            self.skipTest("moto (a server that speaks S3) or fsspec is not installed")
        clients = [name for name in ("s3fs", "pyarrow") if importlib.util.find_spec(name)]
        if not clients:
            self.skipTest("neither s3fs nor pyarrow is installed")
        from moto.server import ThreadedMotoServer
        server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        self.addCleanup(server.stop)
        host, port = server.get_host_and_port()
        told = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        with unittest.mock.patch.dict(os.environ, told):
            import boto3
            store = boto3.client("s3")
            store.create_bucket(Bucket="films")
            for file in self.folder.iterdir():
                store.put_object(Bucket="films", Key=f"out/dataset/{file.name}", Body=file.read_bytes())
            for client in clients:
                with self.subTest(client), unittest.mock.patch.dict(sys.modules, {} if client == "s3fs" else {"s3fs": None}):
                    self.check_s3("s3://films/out/dataset")
            if importlib.util.find_spec("torch"):
                from torch.utils.data import DataLoader

                from chromaprep_data import ChromaPrepDataset
                for workers in (0, 2):
                    data = ChromaPrepDataset("s3://films/out/dataset", "train", {"luma.png"})
                    read = [key for batch in DataLoader(data, batch_size=5, num_workers=workers) for key in batch["__key__"]]
                    self.assertEqual(sorted(read), sorted(self.made))

    def test_what_needs_torch_says_so_without_it(self):
        if importlib.util.find_spec("torch") and sys.modules.get("torch", 0) is not None:
            self.skipTest("PyTorch is installed")
        with self.assertRaisesRegex(ImportError, r"needs PyTorch: pip install 'chromaprep-data\[torch\]'"):
            import chromaprep_data
            chromaprep_data.ChromaPrepDataset


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves stretches of files, as stores do."""

    def log_message(self, *message):
        pass

    def do_GET(self):
        asked = self.headers.get("Range")
        if not asked:
            return super().do_GET()
        data = Path(self.translate_path(self.path)).read_bytes()
        begin, end = asked.removeprefix("bytes=").split("-")
        begin, end = int(begin), min(int(end or len(data) - 1), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {begin}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end - begin + 1))
        self.end_headers()
        self.wfile.write(data[begin:end + 1])


if __name__ == "__main__":
    unittest.main()
