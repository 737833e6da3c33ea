"""Many callers at once: shared batches, no waiting, no harm from a neighbour, vectors remembered."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.asking import AskingEncoder
from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from embeddings.errors import TextTooLongError
from embeddings.hashing import HashingEncoder
from embeddings.late import LateScorer, encode_query
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.sharing import MOST


class Slow(HashingEncoder):
    """Writes down its batches, and stays in the first until told to go on."""

    def __init__(self) -> None:
        super().__init__(64, 64, "hashing")
        self.batches: list[list[str]] = []
        self.entered, self.go_on = threading.Event(), threading.Event()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        if len(self.batches) == 1:
            self.entered.set()
            assert self.go_on.wait(20)
        if "broken" in texts:
            raise ValueError("broken")
        return super().encode_queries(texts)


def asked_while_busy(questions: list[str], inner: Slow) -> list[NDArray[np.float32] | BaseException]:
    """The results of `questions`, all asked while the only lane is held by another one."""
    shared = AskingEncoder(inner, lanes=1)

    def ask(text: str) -> NDArray[np.float32] | BaseException:
        try:
            return shared.encode_queries([text])
        except ValueError as error:
            return error

    with ThreadPoolExecutor(len(questions) + 1) as pool:
        first = pool.submit(ask, "first")
        assert inner.entered.wait(20)
        futures = [pool.submit(ask, text) for text in questions]
        while len(shared._shared._waiting) < len(questions):
            threading.Event().wait(0.001)
        inner.go_on.set()
        assert isinstance(first.result(20), np.ndarray)
        return [future.result(20) for future in futures]


def test_what_waits_shares_batches_and_gets_what_it_would_alone() -> None:
    inner, alone = Slow(), HashingEncoder(64, 64, "hashing")
    questions = [f"question number {number}" for number in range(MOST + 5)]
    found = asked_while_busy(questions, inner)
    for text, vector in zip(questions, found, strict=True):
        assert np.array_equal(vector, alone.encode_queries([text]))
    assert [len(batch) for batch in inner.batches] == [1, MOST, 5]


def test_the_oldest_takes_along_those_nearest_in_length() -> None:
    inner = Slow()
    short, long = [f"short {n}" for n in range(MOST)], [f"a much longer question, number {n}" for n in range(MOST)]
    asked_while_busy([one for pair in zip(short, long, strict=True) for one in pair], inner)
    assert sorted(map(sorted, inner.batches[1:])) == [sorted(long), sorted(short)]


def test_one_that_fails_does_not_fail_its_neighbours() -> None:
    inner, alone = Slow(), HashingEncoder(64, 64, "hashing")
    found = asked_while_busy(["one", "broken", "two"], inner)
    assert isinstance(found[1], ValueError)
    assert np.array_equal(found[0], alone.encode_queries(["one"]))
    assert np.array_equal(found[2], alone.encode_queries(["two"]))


def test_a_question_with_a_free_lane_is_alone_and_waits_for_none() -> None:
    inner = Slow()
    shared = AskingEncoder(inner, lanes=2)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(shared.encode_queries, ["first"])
        assert inner.entered.wait(20)
        assert shared.encode_queries(["second"]).shape == (1, 64)  # while the first is still in work
        inner.go_on.set()
        held.result(20)
    assert inner.batches == [["first"], ["second"]]


def test_more_threads_are_for_a_question_that_is_alone() -> None:
    inner, alone = Slow(), Slow()
    inner.go_on.set()
    shared = AskingEncoder(inner, lanes=2, alone=alone)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(shared.encode_queries, ["first"])
        assert alone.entered.wait(20)
        shared.encode_queries(["second"])
        alone.go_on.set()
        held.result(20)
    shared.encode_queries(["third"])
    assert (alone.batches, inner.batches) == ([["first"], ["third"]], [["second"]])


def test_a_lane_survives_a_failure() -> None:
    inner = Slow()
    inner.go_on.set()
    shared = AskingEncoder(inner, lanes=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            shared.encode_queries(["broken"])
    assert shared.encode_queries(["whole"]).shape == (1, 64)


def test_the_last_vectors_are_remembered_and_no_more() -> None:
    inner = Slow()
    inner.go_on.set()
    shared = AskingEncoder(inner, lanes=1, remembered=2)
    first = shared.encode_queries(["a"])
    first[:] = 7  # the caller's own
    again = shared.encode_queries(["a"])
    assert np.array_equal(again, HashingEncoder(64, 64, "hashing").encode_queries(["a"]))
    again[:] = 7
    for text in ["a", "b", "a", "c", "a", "b"]:  # c drives out b, for a was used after it
        shared.encode_queries([text])
    assert inner.batches == [["a"], ["b"], ["c"], ["b"]]
    nothing = AskingEncoder(inner, lanes=1)
    nothing.encode_queries(["z"])
    nothing.encode_queries(["z"])
    assert inner.batches[-2:] == [["z"], ["z"]]


@pytest.mark.model
def test_the_real_model_under_many_threads() -> None:
    encoder = load_encoder(load_catalogue().get("all-MiniLM-L6-v2"))
    shared = AskingEncoder(encoder, lanes=1)
    questions = [f"Who shall report on matter {n} " + "and by when " * (n % 7) for n in range(40)]
    alone = np.concatenate([encoder.encode_queries([text]) for text in questions])

    def ask(text: str) -> NDArray[np.float32] | None:
        try:
            return shared.encode_queries([text])
        except TextTooLongError:
            return None

    with ThreadPoolExecutor(24) as pool:
        found = list(pool.map(ask, [*questions, "word " * 3000]))
    assert found[-1] is None
    together = np.concatenate([row for row in found[:-1] if row is not None])
    assert np.abs(together - alone).max() < 1e-6


@pytest.mark.model
def test_one_pass_gives_a_question_and_its_tokens_alone_or_in_a_batch() -> None:
    encoder = load_encoder(load_catalogue().get("un-minilm"))
    assert isinstance(encoder, OnnxEncoder)
    shared = AskingEncoder(encoder, lanes=1, remembered=8)
    questions = ["Who shall report?", "By when shall the Secretary-General report on the withdrawal of forces?"]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda text: encode_query(shared, LateScorer(encoder), text), questions))
    for text, (vector, tokens) in zip(questions, found, strict=True):
        assert np.allclose(vector, encoder.encode_queries([text]), atol=1e-5)
        assert np.allclose(tokens, encoder.encode_query_tokens(text).vectors, atol=1e-5)
    assert encode_query(shared, None, questions[0])[1] is None  # nobody reads tokens: none are made


def test_lanes_give_what_one_gives() -> None:
    spec = load_catalogue().get("all-MiniLM-L6-v2")
    texts = [f"Requests the Secretary-General to report on matter {n} " + "in full " * (n % 11) for n in range(60)]
    assert np.array_equal(load_encoder(spec).encode_passages(texts), load_encoder(spec, lanes=3).encode_passages(texts))
