"""Late interaction by hand-made arrays, token vectors of the shipped model, and which scorer a name gives."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from embeddings.catalogue import OnnxEncoderSpec, load_catalogue
from embeddings.encoders import load_encoder
from embeddings.errors import TextTooLongError, UnknownModelError, WeightsError, WrongKindError
from embeddings.hashing import HashingEncoder
from embeddings.late import LateScorer, compared
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.pairs import OverlapPairScorer, load_pair_scorer, scorer_for
from embeddings.readings import TokenVectors, packed, unpacked

AXES = {"peace": (1.0, 0.0, 0.0), "troops": (0.0, 1.0, 0.0), "calm": (0.8, 0.6, 0.0), "cake": (0.0, 0.0, 1.0)}


class WordEncoder:
    """A word is a token; its vector is looked up, its place counted."""

    name, sha256, token_dim = "words", "0" * 64, 3

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query_tokens(self, text: str) -> TokenVectors:
        words = text.split()
        ends = np.cumsum([len(one) + 1 for one in words], dtype=np.int64)
        places = [(int(end) - len(one) - 1, int(end) - 1) for one, end in zip(words, ends, strict=True)]
        vectors = np.array([AXES[one] for one in words], np.float32).reshape(-1, 3)
        return TokenVectors(vectors, np.array(places, np.int64).reshape(-1, 2))

    def encode_passages_by_token(self, texts: Sequence[str]) -> tuple[np.ndarray, list[bytes]]:
        self.encoded.extend(texts)
        found = [self.encode_query_tokens(text).vectors for text in texts]
        return np.zeros((len(texts), 3), np.float32), [packed(one) for one in found]

    def passage_places(self, text: str) -> np.ndarray:
        return self.encode_query_tokens(text).places


def test_a_passage_scores_by_the_best_cosines_of_the_querys_tokens() -> None:
    scorer = LateScorer(WordEncoder())
    both, half, near, none = scorer.read("peace troops", ["cake troops peace", "peace peace peace", "calm", "cake"])
    assert both.score == pytest.approx(1.0)
    assert both.score > near.score > half.score > none.score == pytest.approx(0.0)
    assert both.cosines is not None
    assert both.cosines.tolist() == [[0, 0, 1], [0, 1, 0]]  # query tokens by passage tokens


def test_a_passage_read_alone_scores_the_mean_over_the_querys_tokens() -> None:
    met = np.array([[1.0, 0.5, 0.0]], np.float32)
    assert compared(met) == pytest.approx([0.5])


def test_what_all_passages_meet_alike_tells_nothing_apart() -> None:
    met = np.array([[0.9, 0.2, 0.2, 0.2], [0.9, 0.8, 0.2, 0.2], [0.9, 0.2, 0.2, 0.2]], np.float32)
    least, best, _ = compared(met)
    # all of the weight lies on the second token: 0.6 of its cosine and 0.4 of (the mean of the best, less what is missing)
    assert best == pytest.approx(0.6 * 0.8 + 0.4 * 0.525)
    assert least == pytest.approx(0.6 * 0.2 + 0.4 * (0.525 - 0.6))


def test_a_token_that_is_missing_here_is_not_made_up_for_by_others() -> None:
    even = [0.6, 0.6, 0.6]
    uneven = [0.9, 0.9, 0.0]  # the same sum
    found = compared(np.array([even, uneven], np.float32))
    assert found[0] > found[1]


def test_no_passage_and_no_token_score_nothing() -> None:
    assert compared(np.zeros((0, 3), np.float32)).shape == (0,)
    assert compared(np.zeros((2, 0), np.float32)).tolist() == [0.0, 0.0]
    assert compared(np.zeros((2, 3), np.float32)).tolist() == [0.0, 0.0]


def test_places_say_where_the_passages_tokens_stand() -> None:
    places = LateScorer(WordEncoder()).places("cake troops peace")
    assert ["cake troops peace"[a:b] for a, b in places] == ["cake", "troops", "peace"]


def test_what_is_stored_is_not_encoded_again() -> None:
    encoder = WordEncoder()
    passages = ["peace", "cake", "troops"]
    stored = [*encoder.encode_passages_by_token(["peace"])[1], b"", *encoder.encode_passages_by_token(["troops"])[1]]
    encoder.encoded.clear()
    found = LateScorer(encoder).read("troops", passages, stored)
    assert [one.score for one in found] == [0.0, 0.0, 1.0]
    assert encoder.encoded == ["cake"]
    assert stored[1] == b""


def test_stored_vectors_come_back_to_a_byte() -> None:
    vectors = np.random.default_rng(1).standard_normal((5, 48)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert len(packed(vectors)) == 5 * 48
    assert np.abs(unpacked(packed(vectors), 48) - vectors).max() <= 0.5 / 127 + 1e-6
    assert unpacked(b"", 48).shape == (0, 48)


def test_nothing_to_read_and_empty_texts_are_no_accident() -> None:
    scorer = LateScorer(WordEncoder())
    assert scorer.read("peace", []) == []
    assert [one.score for one in scorer.read("peace", [""])] == [0.0]
    assert [one.score for one in scorer.read("", ["peace"])] == [0.0]
    assert (scorer.name, scorer.sha256) == ("words", "0" * 64)


def test_readings_of_scores_alone_hold_nothing_else() -> None:
    scorer = OverlapPairScorer()
    found = scorer.read("peace", ["peace", "cake"])
    assert [one.score for one in found] == scorer.score("peace", ["peace", "cake"]).tolist()
    assert {one.cosines for one in found} == {None}


def test_the_ranker_is_the_one_that_is_named() -> None:
    catalogue, hashing = load_catalogue(), HashingEncoder()
    assert scorer_for(hashing, "", catalogue) is None
    assert scorer_for(hashing, "encoder", catalogue) is None  # it gives no token vectors
    assert isinstance(scorer_for(hashing, "overlap", catalogue), OverlapPairScorer)
    with pytest.raises(UnknownModelError, match="nothing"):
        scorer_for(hashing, "nothing", catalogue)


# The token vectors of the shipped weights.


@pytest.fixture(scope="module")
def spec() -> OnnxEncoderSpec:
    found = load_catalogue().get("un-minilm")
    assert isinstance(found, OnnxEncoderSpec)
    return found


@pytest.fixture(scope="module")
def encoder(spec: OnnxEncoderSpec) -> OnnxEncoder:
    return OnnxEncoder(spec)


@pytest.mark.model
def test_a_vector_for_each_token_and_none_for_the_special_ones(encoder: OnnxEncoder) -> None:
    text = "Withdrawal of troops — by naïve 2002;"
    found = encoder.encode_passage_tokens(text)
    assert found.vectors.shape == (encoder.count_tokens([text])[0] - 2, encoder.token_dim) == (len(found.places), 48)
    assert found.vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-3)
    words = [text[a:b] for a, b in found.places]
    assert "".join(words) == "".join(text.split())
    assert {"troops", "—", "naïve", "2002", ";"} <= set(words)


@pytest.mark.model
def test_an_empty_text_has_no_tokens(encoder: OnnxEncoder) -> None:
    assert encoder.encode_query_tokens("").vectors.shape == (0, 48)


@pytest.mark.model
def test_a_prefix_is_read_and_places_count_from_the_text(spec: OnnxEncoderSpec, encoder: OnnxEncoder) -> None:
    prefixed = OnnxEncoder(msgspec.structs.replace(spec, query_prefix="query: ", passage_prefix="p: "))
    found = prefixed.encode_query_tokens("troops leave")
    inside = found.places[:, 0] >= 0
    assert ["troops leave"[a:b] for a, b in found.places[inside]] == ["troops", "leave"]
    assert int((~inside).sum()) == 2  # "query" and ":"
    assert np.allclose(found.vectors, encoder.encode_query_tokens("query: troops leave").vectors, atol=1e-6)
    passage = prefixed.encode_passage_tokens("troops leave")
    assert len(passage.vectors) == 4
    assert not np.allclose(passage.vectors, found.vectors)


@pytest.mark.model
def test_many_passages_at_once_give_the_tokens_of_each_alone(encoder: OnnxEncoder) -> None:
    texts = ["Troops leave.", "", "The mandate ends on 30 June 2004, and not before; thanks the host."]
    vectors, stored = encoder.encode_passages_by_token(texts)
    assert np.allclose(vectors, encoder.encode_passages(texts), atol=1e-5)
    for text, raw in zip(texts, stored, strict=True):
        alone = encoder.encode_passage_tokens(text)
        assert unpacked(raw, 48).shape == alone.vectors.shape
        assert np.allclose(unpacked(raw, 48), alone.vectors, atol=0.02)
        assert np.array_equal(encoder.passage_places(text), alone.places)


@pytest.mark.model
def test_long_texts_are_refused(encoder: OnnxEncoder) -> None:
    with pytest.raises(TextTooLongError):
        encoder.encode_query_tokens("word " * 300)


@pytest.mark.model
def test_it_is_its_own_second_reader(spec: OnnxEncoderSpec, encoder: OnnxEncoder) -> None:
    scorer = scorer_for(encoder, "encoder", load_catalogue())
    assert isinstance(scorer, LateScorer)
    assert scorer.sha256 == encoder.sha256
    passages = ["The mandate ends on 30 June 2004;", "The mandate ends on 30 June 1994;", "Thanks the host;"]
    found = [one.score for one in scorer.read("When in 2004 does the mandate end?", passages)]
    assert found[0] == max(found)
    assert found[2] == min(found)
    assert all(0 <= score <= 1 for score in found)
    alone = load_pair_scorer(spec).read("When in 2004 does the mandate end?", passages)
    assert [one.score for one in alone] == pytest.approx(found, abs=1e-6)


@pytest.mark.model
def test_a_model_without_a_token_map_is_no_scorer() -> None:
    plain = load_catalogue().get("all-MiniLM-L6-v2")
    assert isinstance(plain, OnnxEncoderSpec)
    encoder = load_encoder(plain)
    assert scorer_for(encoder, "encoder", load_catalogue()) is None
    with pytest.raises(WrongKindError, match="no pair scorer"):
        load_pair_scorer(plain)
    assert isinstance(encoder, OnnxEncoder)
    with pytest.raises(WeightsError, match=r"gives no 'tokens'; set token_dim = 0"):
        encoder.encode_query_tokens("troops")
