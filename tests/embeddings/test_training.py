"""Training on made-up passages with a tiny, randomly initialised BERT: it learns, and holds back what it should."""

from __future__ import annotations

import dataclasses
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="torch is missing: make models")
pytest.importorskip("transformers", reason="transformers is missing: make models")

from embeddings.training.collection import (  # noqa: E402
    Collection,
    TrainingPassage,
    TrainingQuestion,
    drawn,
    read_collection,
)
from embeddings.training.encoder import Teacher, train_encoder, vectors_of  # noqa: E402
from embeddings.training.folders import open_encoder, open_pairs, save_encoder, save_pairs  # noqa: E402
from embeddings.training.mean import mean  # noqa: E402
from embeddings.training.mining import Mined, mine  # noqa: E402
from embeddings.training.pairs import Reader, list_pairs, reader_of, train_pairs  # noqa: E402
from embeddings.training.plan import Plan  # noqa: E402
from embeddings.training.tokens import Tokens  # noqa: E402
from embeddings.training.views import encode_all, inner, max_sim  # noqa: E402

pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

# What a question calls a thing and what a passage calls it share no word: only learning brings them together.
THINGS = {
    "soldiers": "troops", "money": "appropriations", "kids": "children", "boats": "vessels", "doctors": "medical",
    "bombs": "explosive", "farms": "agriculture", "votes": "elections", "courts": "tribunal", "rivers": "watercourses",
    "teachers": "education", "homes": "shelter",
}  # fmt: skip
FILLERS = (
    "shall report meet decide invite request urge welcome note recall affirm support endorse review extend appoint "
    "session annual board region member state group fund plan office agency mission council budget"
).split()
WORDS = sorted({*THINGS, *THINGS.values(), *FILLERS, *"who what pays of the states money on".split()})


def collection() -> Collection:
    """Two passages over each thing, in fillers drawn by lot, and two questions that both answer."""
    pick = random.Random(5)
    passages = tuple(
        TrainingPassage(f"A/{n}#OP{m}", f"A/{n}#OP{m}", "", " ".join([*pick.sample(FILLERS, 4), formal]))
        for n, formal in enumerate(THINGS.values())
        for m in range(2)
    )
    questions = tuple(
        TrainingQuestion(f"{asked} {plain}", (2 * n, 2 * n + 1), (), exact=False, fold=-1)
        for n, plain in enumerate(THINGS)
        for asked in ("who pays", "what of the")
    )
    return Collection(passages, questions)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a one-layer BERT of 32 dimensions and a tokenizer of whole words."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny") / "start"
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocabulary = {word: row for row, word in enumerate([*special, *WORDS])}
    plain = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=plain, model_max_length=32, **names).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=32, initializer_range=0.2, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    (folder / "modules.json").write_text("[]")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling/config.json").write_text("{}")
    return folder


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.set_num_threads(1)  # tiny products: threads only wait for each other
    torch.manual_seed(1)


def plan(start: Path, **more: Any) -> Plan:
    settings: dict[str, Any] = {
        "epochs": 16, "rounds": 2, "batch": 8, "negatives": 2, "depth": 8, "learning_rate": 3e-3, "max_query": 8,
        "max_passage": 12, "freeze_words": False,
    }  # fmt: skip
    return Plan(str(start), **(settings | more))


def losses(told: str) -> list[float]:
    return [float(one) for one in re.findall(r"loss (\S+)", told)]


def first_is_right(scores: Any, data: Collection) -> float:
    firsts = scores.argmax(1).tolist()
    return sum(row in one.positives for row, one in zip(firsts, data.questions, strict=True)) / len(firsts)


def by_vectors(views: Any, tokenizer: Any, data: Collection, settings: Plan) -> float:
    seen = vectors_of(views, tokenizer, data, settings)
    return first_is_right(seen.questions @ seen.passages.T, data)


def by_tokens(views: Any, tokenizer: Any, data: Collection, settings: Plan) -> float:
    fed_q = Tokens(tokenizer, [one.text for one in data.questions], settings.max_query).batch(
        range(len(data.questions)), torch.device("cpu")
    )
    fed_p = Tokens(tokenizer, [one.input for one in data.passages], settings.max_passage).batch(
        range(len(data.passages)), torch.device("cpu")
    )
    with torch.no_grad():
        (_, tokens_q), (_, tokens_p) = views(fed_q), views(fed_p)
        scores = max_sim(tokens_q, inner(fed_q["attention_mask"]), tokens_p, inner(fed_p["attention_mask"]))
    return first_is_right(scores, data)


# The encoder


def test_an_encoder_learns_what_shares_no_word(start: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data, settings = collection(), plan(start, token_dim=16)
    views, tokenizer = open_encoder(start, settings)
    before = by_vectors(views, tokenizer, data, settings)
    assert before < 0.5
    train_encoder(views, tokenizer, data, settings, None)
    told = capfd.readouterr().err
    assert by_vectors(views, tokenizer, data, settings) > 0.95
    assert by_tokens(views, tokenizer, data, settings) > 0.95
    assert losses(told)[-1] < losses(told)[0] / 2
    assert "round 1: 24 questions" in told
    assert "round 2: 24 questions" in told


def test_a_saved_encoder_opens_again_with_its_token_map(start: Path, tmp_path: Path) -> None:
    data, settings = collection(), plan(start, token_dim=8, epochs=2)
    views, tokenizer = open_encoder(start, settings)
    train_encoder(views, tokenizer, data, settings, None)
    save_encoder(views, tokenizer, settings, tmp_path / "out")
    again, words = open_encoder(tmp_path / "out", dataclasses.replace(settings, start=str(tmp_path / "out")))
    wanted, found = vectors_of(views, tokenizer, data, settings), vectors_of(again, words, data, settings)
    assert torch.equal(wanted.questions, found.questions)
    assert torch.equal(views.project.weight, again.project.weight)
    assert json.loads((tmp_path / "out/plan.json").read_text()) == json.loads(json.dumps(dataclasses.asdict(settings)))
    assert (tmp_path / "out/1_Pooling/config.json").is_file()
    assert (tmp_path / "out/modules.json").is_file()


def test_a_student_comes_to_score_as_its_teacher_does_but_hears_nothing_on_folds(start: Path) -> None:
    data, settings = collection(), plan(start, epochs=32, layers=(1,), teacher_weight=10.0)
    teacher, words = open_encoder(start, plan(start))
    train_encoder(teacher, words, data, plan(start, seed=4), None)
    taught = vectors_of(teacher, words, data, settings)
    folded = Collection(data.passages, tuple(dataclasses.replace(one, fold=0) for one in data.questions))

    def apart(over: Collection, heard: Teacher | None) -> float:
        """How far a student's view of all passages lies from the teacher's (Kullback-Leibler), on average."""
        views, tokenizer = open_encoder(start, settings)
        train_encoder(views, tokenizer, over, settings, heard)
        seen = vectors_of(views, tokenizer, data, settings)
        found, wanted = (
            (one.questions @ one.passages.T / settings.temperature).log_softmax(-1) for one in (seen, taught)
        )
        return float(torch.nn.functional.kl_div(found, wanted, reduction="batchmean", log_target=True))

    alone = apart(data, None)
    assert apart(data, taught) < 0.5 * alone
    assert apart(folded, taught) == pytest.approx(alone, rel=1e-3)


def test_frozen_words_stay_and_layers_are_dropped(start: Path) -> None:
    settings = plan(start, freeze_words=True, layers=(1,), epochs=2)
    views, tokenizer = open_encoder(start, settings)
    words = views.model.embeddings.word_embeddings.weight
    before, layer = words.clone(), views.model.encoder.layer[0].output.dense.weight
    kept = layer.clone()
    assert len(views.model.encoder.layer) == views.model.config.num_hidden_layers == 1
    assert torch.equal(kept, open_encoder(start, plan(start))[0].model.encoder.layer[1].output.dense.weight)
    train_encoder(views, tokenizer, collection(), settings, None)
    assert torch.equal(before, words)
    assert not torch.equal(kept, layer)


def test_max_sim_is_the_mean_of_the_best_cosines_of_real_tokens() -> None:
    queries = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]])
    passages = torch.tensor([[[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]], [[0.0, 1.0], [-1.0, 0.0], [1.0, 0.0]]])
    found = max_sim(queries, torch.tensor([[1, 1, 0]]), passages, torch.tensor([[1, 1, 0], [1, 0, 0]]))
    assert found.tolist() == [[pytest.approx((1.0 + 0.8) / 2), pytest.approx(0.5)]]
    assert inner(torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])).tolist() == [[0, 1, 1, 0], [0, 1, 0, 0]]


# Look-alikes


def test_mining_spares_twins_and_kin_unless_the_question_is_exact() -> None:
    texts = ["the troops shall leave now", "the troops shall leave again", "the troops shall leave", "boats", "kids"]
    groups = ["one", "two", "three", "one", "five"]  # the fourth is of the right one's paragraph
    passages = tuple(
        TrainingPassage(str(at), group, "", text) for at, (group, text) in enumerate(zip(groups, texts, strict=True))
    )
    asked = [TrainingQuestion("who?", (0,), (), exact, -1) for exact in (False, True)]
    asked.append(TrainingQuestion("how many?", (), (4, 3), exact=False, fold=-1))
    vectors = torch.tensor([[1.0, 0], [0.9, 0], [0.8, 0], [0.7, 0], [0.1, 0]])
    found = mine(Collection(passages, tuple(asked)), torch.tensor([[1.0, 0]] * 3), vectors, 10)
    assert found.negatives == [[4], [1, 2, 4], [4, 3, 0, 1, 2]]  # tempting passages first, then the nearest
    assert found.spared == [{0, 1, 2, 3}, {0, 3}, frozenset()]
    cut = mine(Collection(passages, tuple(asked)), torch.tensor([[1.0, 0]] * 3), vectors, 1, depth=2)
    assert cut.negatives == [[], [1], [4]]


# Readers


def test_the_texts_of_a_pair_are_told_apart(start: Path) -> None:
    _, tokenizer = open_encoder(start, plan(start))
    asked, given = (
        Tokens(tokenizer, ["who pays", "what"], 8),
        Tokens(tokenizer, ["states shall report on money"], 4),
    )
    fed = asked.pairs([0, 1], given, [0, 0], torch.device("cpu"))
    shown = [tokenizer.decode(row) for row in fed["input_ids"]]
    assert shown[0] == "[CLS] who pays [SEP] states shall report on [SEP]"
    assert shown[1] == "[CLS] what [SEP] states shall report on [SEP] [PAD]"
    assert fed["attention_mask"].sum(1).tolist() == [9, 8]
    assert fed["token_type_ids"].tolist() == [[0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1, 1, 0]]


def test_lists_of_pairs_begin_with_the_one_that_answers() -> None:
    data = collection()
    near_miss = TrainingQuestion("who pays", (), (5,), exact=False, fold=-1)
    lonely = TrainingQuestion("what", (0,), (), exact=False, fold=-1)
    data = Collection(data.passages, (*data.questions[:6], near_miss, lonely))
    mined = Mined([[8, 9, 10, 11]] * 6 + [[5, 8, 9, 10], [3]], [frozenset()] * 8)
    lists = list_pairs(data, mined, Plan("x", negatives=2))
    assert [one.question for one in lists] == list(range(7))  # the last has too few look-alikes for a list
    for one in lists:
        assert len(set(one.passages)) == len(one.passages) >= 3
        assert one.answered == (one.question < 6)
        assert one.passages[0] in (data.questions[one.question].positives if one.answered else (5,))


def test_a_reader_learns_who_answers_and_a_smaller_one_imitates_it(
    start: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, settings = collection(), plan(start, epochs=140, negatives=4)
    views, tokenizer = open_encoder(start, settings)
    queries = Tokens(tokenizer, [one.text for one in data.questions], settings.max_query)
    passages = Tokens(tokenizer, [one.input for one in data.passages], settings.max_passage)
    mined = mine(data, encode_all(views, queries), encode_all(views, passages), 20)
    lists = list_pairs(data, mined, settings)
    n, m = len(data.questions), len(data.passages)
    pairs = [(row, at) for row in range(n) for at in range(m)]

    def logits(reader: Reader) -> Any:
        reader.model.eval()
        with torch.no_grad():
            return reader.read([row for row, _ in pairs], [at for _, at in pairs]).view(n, m)

    def opened(folder: Path, settings: Plan) -> Reader:
        return reader_of(*open_pairs(folder, settings), data, settings)

    reader = opened(start, settings)
    assert first_is_right(logits(reader), data) < 0.3
    train_pairs(reader, lists, settings, None)
    told = losses(capfd.readouterr().err)
    assert told[-1] < told[0] / 2
    assert first_is_right(logits(reader), data) > 0.6
    save_pairs(reader.model, tokenizer, settings, tmp_path / "reader")
    assert torch.equal(logits(opened(tmp_path / "reader", settings)), logits(reader))

    def apart(teacher: Reader | None) -> float:
        """How far a one-layer reader's logits lie from the larger one's, squared, on average."""
        small_plan = dataclasses.replace(settings, epochs=20, layers=(0,))
        small = opened(start, small_plan)
        train_pairs(small, lists, small_plan, teacher)
        return float((logits(small) - logits(reader)).square().mean())

    assert apart(reader) < 0.9 * apart(None)


# Folders and the command


def written(folder: Path, data: Collection, folds: int = 0) -> Path:
    folder.mkdir()
    names = [one.id for one in data.passages]
    rows = [{"id": one.id, "text": one.text, "context": one.context} for one in data.passages]
    (folder / "passages.jsonl").write_text("\n".join(json.dumps(one) for one in rows) + "\n")
    asked = [
        {"query": one.text, "positives": [names[row] for row in one.positives]}
        | ({"fold": at % folds} if folds and at % 2 else {})
        for at, one in enumerate(data.questions)
    ]
    (folder / "questions.jsonl").write_text("\n".join(json.dumps(one) for one in asked) + "\n")
    return folder


def test_a_folder_is_read_and_folds_are_left_out(tmp_path: Path) -> None:
    folder = written(tmp_path / "x", collection(), folds=3)
    whole = read_collection(folder)
    assert [one.group for one in whole.passages] == [one.id for one in whole.passages]
    assert len(whole.questions) == 24
    without = read_collection(folder, "1").questions
    held_out = [one for one in whole.questions if one.fold == 1]
    assert len(held_out) == 4
    assert len(without) == 16  # the four others that share an answer with them are gone too
    assert {row for one in held_out for row in one.positives}.isdisjoint(
        row for one in without for row in one.positives
    )
    assert {one.fold for one in without} == {-1, 0, 2}
    assert not read_collection(folder, "all").questions  # every other question shares its answer with one in a fold
    with_shared = read_collection(folder, "1", shared=True).questions
    assert len(with_shared) == 20
    assert not set(held_out) & set(with_shared)


def test_the_command_trains_and_says_what_it_did(start: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "x", collection(), folds=3)
    command = [sys.executable, "-m", "embeddings.training", "encoder", "--examples", str(folder), "--start", str(start)]
    command += "--epochs 2 --rounds 1 --batch 4 --max-passage 12 --token-dim 8 --without-fold 1 --layers 0".split()
    done = subprocess.run([*command, "--out", str(tmp_path / "out")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "round 1: 16 questions, 8 steps" in done.stderr
    made = json.loads((tmp_path / "out/plan.json").read_text())
    assert (made["epochs"], made["layers"], made["token_dim"]) == (2, [0], 8)
    assert (tmp_path / "out/token_projection.safetensors").is_file()


def test_dropout_is_as_in_the_weights_unless_it_is_set(start: Path) -> None:
    as_it_is, _ = open_encoder(start, plan(start))
    assert {one.p for one in as_it_is.modules() if isinstance(one, torch.nn.Dropout)} == {0.0}
    some, _ = open_encoder(start, dataclasses.replace(plan(start), dropout=0.3))
    assert {one.p for one in some.modules() if isinstance(one, torch.nn.Dropout)} == {0.3}


def test_help_names_every_setting() -> None:
    command = [sys.executable, "-m", "embeddings.training", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for one in dataclasses.fields(Plan):
        assert "--" + one.name.replace("_", "-") in told
    assert {"--teacher", "--miner", "--without-fold", "--examples", "--out"} <= set(re.findall(r"--[a-z-]+", told))


def test_a_draw_keeps_what_questions_name_and_moves_their_rows() -> None:
    whole = collection()
    tempted = dataclasses.replace(whole.questions[3], tempting=(9,))
    whole = Collection(whole.passages, (*whole.questions[2:3], tempted))
    found = drawn(whole, 6, seed=1)
    assert len(found.passages) == 6
    for was, one in zip(whole.questions, found.questions, strict=True):
        for before, after in ((was.positives, one.positives), (was.tempting, one.tempting)):
            assert [whole.passages[row] for row in before] == [found.passages[row] for row in after]
    assert drawn(whole, 6, seed=1) == found
    assert len(drawn(whole, 2, seed=1).passages) == 3  # what is named is never left out


def test_the_mean_of_two_weights_lies_halfway(start: Path, tmp_path: Path) -> None:
    settings = plan(start, token_dim=8)
    before, tokenizer = open_encoder(start, settings)
    save_encoder(before, tokenizer, settings, tmp_path / "before")
    after, _ = open_encoder(tmp_path / "before", settings)
    with torch.no_grad():
        for one in after.parameters():
            one += 1.0
    save_encoder(after, tokenizer, settings, tmp_path / "after")
    mean(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    found, _ = open_encoder(tmp_path / "out", settings)
    for one, other in zip(found.parameters(), before.parameters(), strict=True):
        assert torch.allclose(one, other + 0.5, atol=1e-5)

    small, _ = open_encoder(start, dataclasses.replace(settings, layers=(0,)))
    save_encoder(small, tokenizer, settings, tmp_path / "small")
    with pytest.raises(ValueError, match="not weights of the same model"):
        mean(tmp_path / "before", tmp_path / "small", tmp_path / "never")
