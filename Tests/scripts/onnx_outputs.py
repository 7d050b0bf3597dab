#!/usr/bin/env python3
"""Checks ONNX files and runs them in onnxruntime, for tests that compare with libtorch.

    onnx_outputs.py FOLDER...

Each folder has model.onnx and files N.input of 32-bit floats, a batch of N samples; N.output is written for each.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime

for folder in map(pathlib.Path, sys.argv[1:]):
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
    (source,) = session.get_inputs()
    (result,) = session.get_outputs()
    assert (source.name, result.name) == ("input", "logits"), (source.name, result.name)
    assert source.shape[0] == result.shape[0] == "N", (source.shape, result.shape)
    for path in sorted(folder.glob("*.input")):
        values = numpy.fromfile(path, numpy.float32).reshape([int(path.stem)] + source.shape[1:])
        (logits,) = session.run(["logits"], {"input": values})
        logits.tofile(path.with_suffix(".output"))
print(onnx.__version__, onnxruntime.__version__)
