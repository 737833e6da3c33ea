"""Numbers on disk: `.npy` files in pieces that can be written, hashed and synced by whoever owns the folder."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt


def array_chunks(array: npt.NDArray[np.generic]) -> list[bytes | memoryview]:
    """A `.npy` file of `array` in two pieces, without copying the numbers."""
    header = io.BytesIO()
    whole = np.ascontiguousarray(array)
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(whole))
    return [header.getvalue(), whole.data.cast("B") if whole.size else b""]
