"""The machine's limit: a plain popcount pass over the bitmaps of all options, nothing else.

What a listing query cannot do without is one AND and popcount of what matches with every option.
Timed in C where there is a compiler, and in numpy, which has no fused AND and popcount.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.flat import Flat
from bench.synthetic import SEED, Bools, draw
from bench.worker import percentiles

PASSES = 50
SHARE_MATCHING = 0.2

SOURCE = """
#include <stdint.h>
#include <stddef.h>
void counts(const uint64_t *options, const uint64_t *base, size_t many, size_t words, int64_t *out)
{
    for (size_t o = 0; o < many; o++) {
        const uint64_t *option = options + o * words;
        int64_t found = 0;
        for (size_t w = 0; w < words; w++) found += __builtin_popcountll(option[w] & base[w]);
        out[o] = found;
    }
}
"""

Words = NDArray[np.uint64]
Pass = Callable[[Words, Words], NDArray[np.int64]]


def measured(n: int) -> dict[str, Any]:
    """Milliseconds of one pass over the options of the ten compared facets, dense bitmaps."""
    options = _bitmaps(Flat(draw(n)))
    base = _packed(np.random.default_rng(SEED).random(n) < SHARE_MATCHING)
    found: dict[str, Any] = {"options": len(options), "numpy": _timed(_in_numpy, options, base)}
    in_c = _in_c()
    if in_c is not None:
        if not np.array_equal(in_c(options, base), _in_numpy(options, base)):
            raise RuntimeError("The two passes do not count alike.")
        found["c"] = _timed(in_c, options, base)
    return found


def _bitmaps(flat: Flat) -> Words:
    rows = [
        _packed(one.codes == code) for one in flat.one.values() for code in range(len(one.values))
    ]
    rows += [_packed(marks) for many in flat.many.values() for marks in many.marks.T]
    return np.stack(rows)


def _packed(bools: Bools) -> Words:
    padded = np.pad(bools, (0, -len(bools) % 64))
    return np.packbits(padded, bitorder="little").view(np.uint64)


def _timed(counts: Pass, options: Words, base: Words) -> dict[str, float] | None:
    times = []
    for _ in range(PASSES):
        started = time.perf_counter()
        counts(options, base)
        times.append(1000 * (time.perf_counter() - started))
    return percentiles(times)


def _in_numpy(options: Words, base: Words) -> NDArray[np.int64]:
    met = np.empty_like(base)
    found = np.empty(len(options), dtype=np.int64)
    for place, option in enumerate(options):
        np.bitwise_and(option, base, out=met)
        found[place] = np.bitwise_count(met).sum()
    return found


def _in_c() -> Pass | None:
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "counts.c", Path(folder) / "counts.so"
        source.write_text(SOURCE)
        options = ["-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source)]
        subprocess.run([compiler, *options], check=True)  # noqa: S603  (the machine's compiler)
        function = ctypes.CDLL(str(library)).counts
    function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, *[ctypes.c_size_t] * 2, ctypes.c_void_p]

    def counts(options: Words, base: Words) -> NDArray[np.int64]:
        out = np.empty(len(options), dtype=np.int64)
        function(options.ctypes.data, base.ctypes.data, *options.shape, out.ctypes.data)
        return out

    return counts
