"""Numbers on disk: `.npy` files in pieces, and arrays that grow in a file instead of in memory."""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.scratch import Scratch

Array = npt.NDArray[Any]


def array_chunks(array: npt.NDArray[np.generic]) -> list[bytes | memoryview]:
    """A `.npy` file of `array` in two pieces, without copying the numbers."""
    whole = np.ascontiguousarray(array)
    return [_header(whole.dtype, whole.shape), whole.data.cast("B") if whole.size else b""]


def rows_chunks(
    blocks: Iterable[npt.NDArray[np.generic]], shape: tuple[int, int], dtype: npt.DTypeLike
) -> Iterator[bytes | memoryview]:
    """The `.npy` file of `shape` that `blocks` of rows, one below the other, are together."""
    yield _header(np.dtype(dtype), shape)
    for block in blocks:
        whole = np.ascontiguousarray(block, dtype=dtype)
        if whole.size:
            yield whole.data.cast("B")


def _header(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bytes:
    header = io.BytesIO()
    described = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, described)
    return header.getvalue()


class Growing:
    """A flat array that grows piece by piece: in memory, or in a file without a name that is mapped when it is whole.

    The pages of such a file are the system's to take away: however long the array, it needs no memory of its own.
    """

    def __init__(self, dtype: npt.DTypeLike, scratch: Scratch | None = None) -> None:
        """An empty one, in a file of `scratch` where that is given."""
        self._dtype = np.dtype(dtype)
        self._pieces: list[Array] = []
        self._file = None if scratch is None else scratch.file()

    def append(self, piece: Array) -> None:
        """Add numbers at the end."""
        same = np.ascontiguousarray(piece, dtype=self._dtype)
        if self._file is None:
            self._pieces.append(same)
        else:
            self._file.write(same.data.cast("B") if same.size else b"")

    def whole(self) -> Array:
        """All numbers, once no more will come."""
        if self._file is None:
            return np.concatenate([np.empty(0, dtype=self._dtype), *self._pieces])
        with self._file as file:
            file.flush()
            if not file.tell():
                return np.empty(0, dtype=self._dtype)
            return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=self._dtype)
