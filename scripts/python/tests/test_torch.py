"""The reader with PyTorch; skipped where there is none."""

import tempfile
import unittest
from pathlib import Path

import made

try:
    import torch
    from torch.utils.data import DataLoader

    from chromaprep_data import ChromaPrepDataset, ShapeBatches, StreamedBatches
except ImportError:
    torch = None


@unittest.skipIf(torch is None, "PyTorch is not installed")
class TorchTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.made = made.data_set(self.folder)

    def keys(self, loader):
        return [key for batch in loader for key in batch["__key__"]]

    def test_batches_are_made_of_samples_that_have_all_members(self):
        for workers in (0, 2):
            data = ChromaPrepDataset(self.folder, "train", {"luma.png", "samples.npy", "ab.npy"})
            batches = list(DataLoader(data, batch_size=8, num_workers=workers))
            self.assertEqual(sorted(key for batch in batches for key in batch["__key__"]), sorted(self.made)[:9])
            self.assertEqual(batches[0]["luma.png"].shape[1:], (4, 4))
            self.assertEqual(batches[0]["samples.npy"].shape[1:], (6, 3))
            self.assertEqual(batches[0]["ab.npy"].dtype, torch.float16)
            self.assertEqual(batches[0]["frame"].dtype, torch.int64)
            self.assertIn(batches[0]["licence"][0], ("CC0", ""))

    def test_without_choosing_members_batches_work_too(self):
        data = ChromaPrepDataset(self.folder, "train", transform=lambda sample: {"luma": sample.luma, "key": sample.key})
        self.assertEqual(sum(len(batch["key"]) for batch in DataLoader(data, batch_size=8)), 9)

    def test_members_that_are_missing_are_filled_or_refused(self):
        filled = ChromaPrepDataset(self.folder, "train", {"samples.npy", "samples_ab.npy"}, missing=float("nan"))
        batch = next(iter(DataLoader(filled, batch_size=12)))
        self.assertEqual(batch["samples_ab.npy"].shape, (12, 6, 2))
        self.assertEqual(int(batch["samples_ab.npy"].isnan().all(2).all(1).sum()), 3)
        with self.assertRaisesRegex(KeyError, "lacks ab.npy"):
            list(ChromaPrepDataset(self.folder, "train", {"ab.npy"}, missing="error"))

    def test_frames_with_fewer_pixels_give_some_again_and_more_are_cut(self):
        few = {sample["__key__"]: sample for sample in ChromaPrepDataset(self.folder, "train", {"samples.npy", "samples_yx.npy"})}
        last = few["mixed_000000004"]
        self.assertEqual(last["samples.npy"].shape, (6, 3))
        self.assertEqual(len({tuple(place) for place in last["samples_yx.npy"].tolist()}), 4)
        cut = next(iter(ChromaPrepDataset(self.folder, "train", {"samples.npy"}, pixels=3)))
        self.assertEqual(cut["samples.npy"].shape, (3, 3))

    def test_passes_differ_and_the_same_seed_gives_the_same(self):
        one, other = (ChromaPrepDataset(self.folder, "train", {"luma.png"}, seed=3) for _ in range(2))
        first = self.keys(DataLoader(one, batch_size=4))
        self.assertEqual(first, self.keys(DataLoader(other, batch_size=4)))
        self.assertNotEqual(first, self.keys(DataLoader(one, batch_size=4)))
        self.assertEqual(sorted(first), sorted(self.made))

    def test_samples_are_found_by_number_also_by_samplers(self):
        data = ChromaPrepDataset(self.folder, "train", {"luma.png"})
        self.assertEqual(len(data), 12)
        self.assertEqual(data[9]["__key__"], "mixed_000000002")
        keys = self.keys(DataLoader(data.by_number(), batch_size=5, shuffle=True, num_workers=2))
        self.assertEqual(sorted(keys), sorted(self.made))

    def test_batches_of_one_shape_hold_pictures_in_the_films_own(self):
        data = ChromaPrepDataset(self.folder, "train", {"film_luma.png"})
        sampler = ShapeBatches(data, 4)
        batches = list(DataLoader(data.by_number(), batch_sampler=sampler))
        self.assertEqual(len(batches), len(sampler))
        self.assertEqual(sorted(key for batch in batches for key in batch["__key__"]), sorted(self.made))
        self.assertEqual({tuple(batch["film_luma.png"].shape[1:]) for batch in batches}, {(6, 8), (4, 8)})


    def test_batches_of_one_shape_are_streamed_cut_to_their_pictures(self):
        data = ChromaPrepDataset(self.folder, "train", {"luma.png", "ab.npy", "samples.npy"}, inside=True, missing=0)
        for workers in (0, 2):
            batches = list(DataLoader(StreamedBatches(data, 4), batch_size=None, num_workers=workers))
            self.assertEqual(sorted(key for batch in batches for key in batch["__key__"]), sorted(self.made))
            self.assertEqual({tuple(batch["luma.png"].shape[1:]) for batch in batches}, {(2, 4), (3, 4)})
            self.assertTrue(all(batch["ab.npy"].shape[:3] == batch["luma.png"].shape for batch in batches))
        whole = list(DataLoader(StreamedBatches(data, 4, drop_last=True), batch_size=None))
        self.assertEqual([len(batch["__key__"]) for batch in whole], [4, 4])

    def test_batches_of_one_shape_by_number_are_cut_too(self):
        data = ChromaPrepDataset(self.folder, "train", {"luma.png"}, inside=True)
        batches = list(DataLoader(data.by_number(), batch_sampler=ShapeBatches(data, 4)))
        self.assertEqual(sorted(key for batch in batches for key in batch["__key__"]), sorted(self.made))
        self.assertEqual({tuple(batch["luma.png"].shape[1:]) for batch in batches}, {(2, 4), (3, 4)})


if __name__ == "__main__":
    unittest.main()
