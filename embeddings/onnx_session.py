"""Opens ONNX graphs and tokenizers from bytes whose sha256 was checked; the one place where sessions are configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import OnnxEncoderSpec, OnnxPairSpec
from embeddings.errors import WeightsError
from embeddings.sources import checked_bytes

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


class OnnxGraph:
    """One ONNX graph on the CPU. `run` may be called from several threads at once."""

    def __init__(self, spec: OnnxEncoderSpec | OnnxPairSpec, threads: int) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        # Spinning threads take the cores from concurrent questions: half the throughput at eight clients.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        content = checked_bytes(spec, MODEL_FILE)
        try:
            self._session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises classes of its own, without a public root
            raise WeightsError(f"model {spec.name}: onnxruntime cannot load {MODEL_FILE}: {error}") from error
        self._name = spec.name
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._outputs = [node.name for node in self._session.get_outputs()]

    def run(self, feed: dict[str, NDArray[np.int64]], *more: str) -> list[NDArray[np.float32]]:
        """The graph's first output, and those named; inputs that the graph does not have are left out.

        Raises:
            WeightsError: the graph has no such output.
        """
        wanted = {name: value for name, value in feed.items() if name in self._inputs}
        for name in more:
            if name not in self._outputs:
                raise WeightsError(
                    f"model {self._name}: {MODEL_FILE} gives no {name!r}; set token_dim = 0 in its table"
                )
        found: list[Any] = self._session.run([self._outputs[0], *more], wanted)
        return [np.asarray(one, dtype=np.float32) for one in found]


def open_tokenizer(spec: OnnxEncoderSpec | OnnxPairSpec) -> Tokenizer:
    """The tokenizer, with the cutting and padding switched off that its file may ask for."""
    from tokenizers import Tokenizer

    content = checked_bytes(spec, TOKENIZER_FILE)
    try:
        tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    except Exception as error:  # tokenizers raises bare Exception
        raise WeightsError(f"model {spec.name}: cannot read {TOKENIZER_FILE}: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
