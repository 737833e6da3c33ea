"""What is known of the machine and of other work on it, and how fast it could be at best."""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from embeddings.threads import cores

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("onnxruntime", "tokenizers", "faiss-cpu", "numpy")
LAYERS, WIDTH, INNER = 6, 384, 1536  # all-MiniLM-L6-v2


def processor() -> str:
    """The processor's name and what of it counts here."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    found: dict[str, str] = {}
    for line in lines:
        key, _, value = line.partition(":")
        found.setdefault(key.strip(), value.strip())
    has = [
        flag for flag in ("avx2", "avx512_vnni", "avx512_bf16", "amx_int8") if flag in found.get("flags", "").split()
    ]
    return f"{found.get('model name', platform.machine())} ({', '.join(has) or 'no vector extension found'})"


def versions() -> str:
    """Of the libraries that ours stands on."""
    return ", ".join([f"Python {platform.python_version()}", *(f"{one} {metadata.version(one)}" for one in PACKAGES)])


def code_digest() -> str:
    """Over the code that is measured: figures of two states are never mixed."""
    digest = hashlib.sha256()
    for folder in ("embeddings", "qa", "api", "tests/bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".toml"} and path.name != "page.py":
                digest.update(path.read_bytes())
    digest.update((ROOT / "requirements" / "bench.lock").read_bytes())
    return digest.hexdigest()[:12]


def _busy() -> tuple[float, float]:
    """(busy, all) ticks of all cores since the machine began."""
    ticks = [int(one) for one in Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], float(sum(ticks))


def foreign_load(seconds: float = 0.5) -> float:
    """The share of the machine that is at work now, while we are not; NaN where the system does not tell."""
    try:
        before = _busy()
        time.sleep(seconds)
        after = _busy()
    except (OSError, ValueError, IndexError):
        return float("nan")
    return (after[0] - before[0]) / max(1.0, after[1] - before[1])


def resident(pid: int) -> float:
    """MB that a process and its children hold, shared pages divided among those that share them."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="utf-8").split():
            found += [int(child), *_children(int(child))]
    return found


def _best(work: Callable[[], object], rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def floors() -> dict[str, float]:
    """What this machine does at best: 1e9 multiply-adds x 2 a second in fp32 and int8 on all cores, GB/s read by one."""
    rng = np.random.default_rng(0)
    a = rng.standard_normal((1536, 1536), dtype=np.float32)
    big = np.ones(64_000_000, dtype=np.float32)
    return {
        "fp32": 2 * 1536**3 / _best(lambda: a @ a) / 1e9,
        "int8": _int8_rate(),
        "bandwidth": big.nbytes / _best(lambda: big.max()) / 1e9,
        "cores": float(cores()),
    }


def _int8_rate() -> float:
    """Billions of 8-bit operations a second: one large product of unsigned by signed in onnxruntime."""
    import onnxruntime as ort
    from onnx import TensorProto, helper, numpy_helper

    rows, inner, columns = 1024, 1536, 1536
    weights = np.random.default_rng(0).integers(-127, 127, (inner, columns), dtype=np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [rows, inner])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [rows, columns])],
        [numpy_helper.from_array(weights, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = cores()
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    x = np.random.default_rng(1).integers(0, 255, (rows, inner), dtype=np.uint8)
    return 2 * rows * inner * columns / _best(lambda: session.run(None, {"x": x}), 9) / 1e9


@dataclass(frozen=True, slots=True)
class Work:
    """Operations (a multiply and an add are two): products with weights, and those of attention."""

    weights: float
    attention: float

    @property
    def all(self) -> float:
        """Both."""
        return self.weights + self.attention

    def least(self, weights_rate: float, attention_rate: float) -> float:
        """Seconds at so many 1e9 operations a second of each kind."""
        return (self.weights / weights_rate + self.attention / attention_rate) / 1e9


def work_of(lengths: Sequence[int]) -> Work:
    """What texts of so many tokens take."""
    matrices, attention = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER), LAYERS * 2 * WIDTH
    return Work(2.0 * matrices * sum(lengths), 2.0 * attention * sum(one * one for one in lengths))


def environment() -> dict[str, str]:
    """For child processes: nothing is fetched, and libraries take the threads that they take by themselves."""
    quiet = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    quiet |= {"HAYSTACK_TELEMETRY_ENABLED": "False", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return {**os.environ, **quiet}
