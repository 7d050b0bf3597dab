#!/usr/bin/env python3
"""Tests of scripts/import-nats on a small release that has the structure of the official one.

With `--make FOLDER` it only writes those releases, FOLDER/tss and FOLDER/sss, for tests of what reads the tables.
"""

import bz2
import collections
import contextlib
import gzip
import importlib.machinery
import importlib.util
import io
import math
import os
import pathlib
import pickle
import struct
import subprocess
import sys
import tempfile
import types
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/import-nats"
CELLS = [
    "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|",
    "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
    "|avg_pool_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|",
]
SIZES = ["8:8:8:8:8", "8:8:8:8:16", "64:64:64:64:64"]
SETS = {
    "cifar10-valid": ["x-valid", "ori-test"],
    "cifar10": ["ori-test"],
    "cifar100": ["x-valid", "x-test", "ori-test"],
    "ImageNet16-120": ["x-valid", "x-test", "ori-test"],
}


@contextlib.contextmanager
def numpy():
    """Modules that pickle like numpy's, as the official files hold numpy numbers and the tests do without it."""
    package, core, array = (types.ModuleType(name) for name in ("numpy", "numpy.core", "numpy.core.multiarray"))

    class dtype:
        def __init__(self, letters, align=False, copy=True):
            self.letters = letters

        def __reduce__(self):
            return dtype, (self.letters, False, True), (3, "<", None, None, None, -1, -1, 0)

        def __setstate__(self, state):
            pass

    def scalar(kind, data):
        return kind, data

    dtype.__module__, dtype.__qualname__ = "numpy", "dtype"
    scalar.__module__, scalar.__qualname__ = "numpy.core.multiarray", "scalar"
    package.dtype, array.scalar, package.core, core.multiarray = dtype, scalar, core, array
    modules = {"numpy": package, "numpy.core": core, "numpy.core.multiarray": array}
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)

    class Number:
        def __init__(self, value):
            self.value = value

        def __reduce__(self):
            return scalar, (dtype("f8"), struct.pack("<d", self.value))

    try:
        yield Number
    finally:
        for name, module in before.items():
            sys.modules.pop(name) if module is None else sys.modules.__setitem__(name, module)


def accuracy(row, data, seed, part, epoch):
    """A value that tells by itself where it belongs, with the noise of single precision."""
    return 10 * row + list(SETS).index(data) + seed / 1000 + len(part) / 100 + epoch / 10000 + 7e-9


def trial(row, text, data, seed, epochs, number):
    """A training as ResultsCount.state_dict gives it; long ones have some evaluations at their end only."""
    evaluated = {}
    for part in SETS[data]:
        only_end = epochs > 12 and part != ("x-valid" if data == "cifar10-valid" else "ori-test")
        for epoch in range(epochs - 1 if only_end else 0, epochs):
            evaluated[f"{part}@{epoch}"] = accuracy(row, data, seed, part, epoch)
    return {
        "name": data,
        "train_acc1es": {epoch: accuracy(row, data, seed, "train", epoch) for epoch in range(epochs)},
        "train_acc5es": None,
        "train_losses": {epoch: number(2.3 / (epoch + 1)) for epoch in range(epochs)},
        "train_times": collections.OrderedDict((epoch, 4.5 + row) for epoch in range(epochs)),
        "arch_config": {"channel": 16, "num_cells": 5, "arch_str": text, "class_num": 10},
        "params": 0.129306, "flop": 15.64737, "seed": f"{seed:04d}", "epochs": epochs,
        "latency": [number(0.0139)],
        "eval_names": SETS[data], "eval_acc1es": evaluated,
        "eval_times": {key: 1.25 for key in evaluated},
        "eval_losses": {key: float("nan") if row == 2 else value / 50 for key, value in evaluated.items()},
        "net_state_dict": None,
    }


def architecture(row, text, settings, number):
    """What a file holds: by the name of the training, ArchResults.state_dict."""
    result = collections.OrderedDict()
    for name, seeds in settings.items():
        results, seeds_of = {}, {}
        for data in SETS:
            for seed in seeds[data] if isinstance(seeds, dict) else seeds:
                results[data, seed] = trial(row, text, data, seed, int(name), number)
                seeds_of.setdefault(data, []).append(seed)
        result[name] = {
            "arch_index": row, "arch_str": text, "all_results": results, "dataset_seed": seeds_of,
            "clear_net_done": True}
    return result


def save(path, value):
    with bz2.open(path, "wb") as file:
        pickle.dump(value, file, protocol=4)


def make_release(folder, texts, settings, number, missing=()):
    folder.mkdir(parents=True)
    save(folder / "meta.pickle.pbz2", {
        "meta_archs": texts, "total_archs": len(texts), "arch2infos": None, "evaluated_indexes": set()})
    for row, text in enumerate(texts):
        if row not in missing:
            save(folder / f"{row:06d}.pickle.pbz2", architecture(row, text, settings, number))
    return folder


def make_releases(folder):
    """The topology space with its odd seeds, one architecture without a file, and the size space."""
    short = {"cifar10-valid": [777, 111], "cifar10": [111], "cifar100": [111], "ImageNet16-120": [111]}
    with numpy() as number:
        make_release(folder / "tss", CELLS, {"12": short, "200": [999, 777]}, number, missing=[3])
        make_release(folder / "sss", SIZES, {"01": [777], "12": [777, 888], "90": [777]}, number)


def script():
    loader = importlib.machinery.SourceFileLoader("import_nats", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("import_nats", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        make_releases(self.folder)
        self.out = self.folder / "out"

    def run_script(self, *arguments):
        command = [sys.executable, "-B", str(SCRIPT), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    def imports(self, kind, *arguments):
        done = self.run_script(self.folder / kind, "--out", self.out, "--jobs", 2, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def refuses(self, text, *arguments):
        done = self.run_script(*arguments, "--out", self.out)
        self.assertEqual(done.returncode, 1)
        self.assertIn(text, done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def table(self, name):
        text = gzip.decompress((self.out / f"{name}.csv.gz").read_bytes()).decode("ascii")
        self.assertTrue(text.endswith("\n"))
        header, *rows = [line.split(",") for line in text.split("\n")[:-1]]
        return header, rows


class ImportTests(Case):
    def test_accuracies_are_the_means_and_each_seeds(self):
        self.imports("tss")
        header, rows = self.table("nats-topology/accuracy/cifar10")
        self.assertEqual(header[:3], ["train@12", "train@12#111", "val@12"])
        self.assertEqual(len(rows), 4)
        cell = dict(zip(header, rows[1]))
        each = [accuracy(1, "cifar10-valid", seed, "x-valid", 11) for seed in (111, 777)]
        self.assertAlmostEqual(float(cell["val@12"]), sum(each) / 2, 6)
        self.assertAlmostEqual(float(cell["val@12#777"]), each[1], 6)
        self.assertAlmostEqual(float(cell["test@200#999"]), accuracy(1, "cifar10", 999, "ori-test", 199), 6)
        header, rows = self.table("nats-topology/accuracy/cifar100")
        self.assertAlmostEqual(
            float(rows[0][header.index("valtest@200#777")]), accuracy(0, "cifar100", 777, "ori-test", 199), 6)

    def test_architectures_are_in_the_release_s_order(self):
        self.imports("tss")
        self.imports("sss")
        self.assertEqual(
            self.table("nats-topology/architectures"), (["genes"], [["421211"], ["334131"], ["000000"], ["400000"]]))
        self.assertEqual(
            self.table("nats-size/architectures"), (["genes"], [["00000"], ["00001"], ["77777"]]))

    def test_curves_have_each_epoch(self):
        self.imports("tss")
        header, rows = self.table("nats-topology/curves/cifar10_valid.200.777.val_accuracy")
        self.assertEqual(header, [str(epoch + 1) for epoch in range(200)])
        for epoch in range(200):
            self.assertAlmostEqual(
                float(rows[2][epoch]), accuracy(2, "cifar10-valid", 777, "x-valid", epoch), 6)
        _, losses = self.table("nats-topology/curves/cifar10_valid.200.777.train_loss")
        self.assertAlmostEqual(float(losses[0][3]), 2.3 / 4, 6)
        _, times = self.table("nats-topology/curves/cifar100.12.111.train_time")
        self.assertEqual(times[1], ["5.5"] * 12)

    def test_what_was_recorded_at_the_end_alone_is_no_curve(self):
        self.imports("tss")
        names = {path.name for path in (self.out / "nats-topology/curves").iterdir()}
        self.assertIn("cifar100.200.777.valtest_accuracy.csv.gz", names)
        self.assertNotIn("cifar100.200.777.val_accuracy.csv.gz", names)
        self.assertIn("cifar100.12.111.val_accuracy.csv.gz", names)

    def test_a_missing_architecture_and_a_loss_that_is_no_number_are_empty(self):
        self.imports("tss")
        _, rows = self.table("nats-topology/accuracy/cifar100")
        self.assertEqual(set(rows[3]), {""})
        _, rows = self.table("nats-topology/curves/cifar10.12.111.test_loss")
        self.assertEqual((set(rows[2]), set(rows[3])), ({""}, {""}))
        self.assertNotEqual(rows[1][0], "")

    def test_times_are_the_seconds_of_all_epochs(self):
        self.imports("sss")
        header, rows = self.table("nats-size/time/cifar10")
        self.assertEqual(rows[2][header.index("train@90")], str(90 * 6.5).removesuffix(".0"))
        self.assertEqual(header[0], "train@1")

    def test_curves_can_be_left_out(self):
        self.imports("tss", "--no-curves")
        self.assertFalse((self.out / "nats-topology/curves").exists())

    def test_the_same_release_gives_the_same_bytes(self):
        self.imports("tss")
        before = {path: path.read_bytes() for path in self.out.rglob("*.gz")}
        self.imports("tss")
        self.assertEqual(before, {path: path.read_bytes() for path in self.out.rglob("*.gz")})

    def test_only_whole_tables_are_left(self):
        self.imports("tss")
        self.assertEqual([path.name for path in self.out.iterdir()], ["nats-topology"])
        self.assertTrue(all(path.name.endswith(".csv.gz") for path in self.out.rglob("*") if path.is_file()))


class RestartTests(Case):
    def test_it_goes_on_where_it_stopped(self):
        module = script()
        module.CHUNK = 2
        read = []

        def count_up(folder, work, first, *rest):
            read.append(first)
            if first == 2 and len(read) == 2:
                raise module.Broken("stop")
            return original(folder, work, first, *rest)

        original, module.read_chunk = module.read_chunk, count_up
        module.concurrent = types.SimpleNamespace(futures=types.SimpleNamespace(
            ProcessPoolExecutor=lambda _: InThisProcess(), as_completed=list))
        arguments = types.SimpleNamespace(folder=self.folder / "tss", out=self.out, no_curves=False, jobs=1)
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            with self.assertRaises(module.Broken):
                module.run(arguments)
            self.assertFalse((self.out / "nats-topology").exists())
            module.run(arguments)
        self.assertEqual(read, [0, 2, 2])
        in_pieces = {path: gzip.decompress(path.read_bytes()) for path in self.out.rglob("*.gz")}
        self.imports("tss")
        self.assertEqual(in_pieces, {path: gzip.decompress(path.read_bytes()) for path in self.out.rglob("*.gz")})


class InThisProcess:
    """A pool that works when it is asked for a result."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def shutdown(self, cancel_futures):
        pass

    def submit(self, body, *arguments):
        return Later(body, arguments)


class Later:
    """A result that is computed when it is asked for."""

    def __init__(self, body, arguments):
        self.body, self.arguments = body, arguments

    def result(self):
        return self.body(*self.arguments)


class RefusalTests(Case):
    def test_wrong_folders(self):
        self.refuses("there is no folder", self.folder / "nowhere")
        self.refuses("is a file: unpack", self.folder / "tss/meta.pickle.pbz2")
        self.refuses("name one of the folders in it: sss, tss", self.folder)
        (self.folder / "empty").mkdir()
        self.refuses("no meta.pickle.pbz2: it is no unpacked archive", self.folder / "empty")
        for path in (self.folder / "tss").glob("0*"):
            path.unlink()
        self.refuses("has no 000000.pickle.pbz2", self.folder / "tss")

    def test_broken_files(self):
        path = self.folder / "tss/000001.pickle.pbz2"
        whole = path.read_bytes()
        for data in (whole[:-40], b"no bz2", b"", bz2.compress(b"no pickle"), bz2.compress(bz2.decompress(whole)[:-90])):
            path.write_bytes(data)
            self.refuses("000001.pickle.pbz2", self.folder / "tss")
        save(path, {"12": {"arch_str": CELLS[1], "all_results": {("cifar10", 1): {"epochs": 12}}}})
        self.refuses("has not the form of a release, at 'train_acc1es'", self.folder / "tss")
        save(path, {"12": {"arch_str": CELLS[0], "all_results": {}}})
        self.refuses("is of another architecture", self.folder / "tss")
        path.write_bytes(whole)
        self.imports("tss")

    def test_broken_meta(self):
        for value in ([], {"meta_archs": []}, {"meta_archs": [3]}, {"meta_archs": ["8:8"]},
                      {"meta_archs": ["8:8:8:8:8", "8:8:8:8:8"]}, {"meta_archs": [CELLS[0], SIZES[0]]}):
            save(self.folder / "tss/meta.pickle.pbz2", value)
            self.refuses("meta.pickle.pbz2", self.folder / "tss")

    def test_a_pickle_that_calls_something_is_not_run(self):
        class Trap:
            def __reduce__(self):
                return os.mkdir, (str(folder / "trapped"),)

        folder = self.folder
        save(folder / "tss/000001.pickle.pbz2", {"12": Trap()})
        self.refuses("it names posix.mkdir, which no release of NATS-Bench needs", folder / "tss")
        self.assertFalse((folder / "trapped").exists())

    def test_a_bomb_is_not_inflated(self):
        (self.folder / "tss/000001.pickle.pbz2").write_bytes(bz2.compress(bytes(70 << 20)))
        self.refuses("holds more than 64 MiB", self.folder / "tss")

    def test_tables_of_another_order_are_not_mixed(self):
        (self.out / "nats-topology").mkdir(parents=True)
        (self.out / "nats-topology/architectures.csv").write_text("genes\n000000\n")
        self.refuses("lists other architectures than the release", self.folder / "tss")


class NumberTests(unittest.TestCase):
    def test_plain_decimals(self):
        number = script().number
        self.assertEqual(
            [number(value) for value in (26.00399999267578, 100, 0, 1e-9, 0.1234567, None, math.nan, math.inf, 1e12)],
            ["26.004", "100", "0", "0", "0.123457", "", "", "", ""])
        with self.assertRaises(ValueError):
            number(-1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make_releases(pathlib.Path(sys.argv[2]))
    else:
        unittest.main()
