"""The steps of training run on tiny data made here, and what they make loads as any package does."""

import lzma
from pathlib import Path

import pytest
import torch
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import Trainer, unpack_batch
from stanza.utils.conll import CoNLL

from attribution.syntax.packages import verify_bundle
from attribution.syntax.stanza import load_parser
from training.model import STEPS, counts, main
from training.quick import pooled_masks, quicken
from training.report import pipeline
from training.trees import Sentence, dump, parse
from training.vectors import read_vectors

# Stanza's own evaluation of the expander leaves its files open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

NAMES = "سالم كريم نبيل فريد سمير حسن عمر خالد ماهر رامي".split()
VERBS = "قال أكد أوضح ذكر أعلن".split()
NOUNS = "الوزير الرئيس المدير الخبير".split()
ROWS = """1-2\tو{verb}\t_\t_\t_\t_\t_\t_\t_\t_
1\tو\tو\tCCONJ\t_\t_\t2\tcc\t_\t_
2\t{verb}\t{verb}\tVERB\t_\tGender=Masc|Number=Sing\t0\troot\t_\t_
3\t{noun}\t{noun}\tNOUN\t_\tNumber=Sing\t2\tnsubj\t_\t_
4\t{name}\t{name}\tX\t_\t_\t3\tnmod\t_\t_
5-6\tأنه\t_\t_\t_\t_\t_\t_\t_\t_
5\tأن\tأن\tSCONJ\t_\t_\t7\tmark\t_\t_
6\tه\tه\tPRON\t_\tGender=Masc\t7\tnsubj\t_\t_
7\tوصل\tوصل\tVERB\t_\tGender=Masc|Number=Sing\t2\tccomp\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_"""


def sentence(at: int) -> Sentence:
    words = {"verb": VERBS[at % 5], "noun": NOUNS[at % 4], "name": NAMES[at % 10]}
    text = "# text = و{verb} {noun} {name} أنه وصل.".format(**words)
    return parse(f"# sent_id = {at}\n{text}\n{ROWS.format(**words)}")


def without_features(made: Sentence) -> Sentence:
    return made.with_words(lambda row: (*row[:5], "_", *row[6:]))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    (folder / "treebanks").mkdir()
    (folder / "vectors").mkdir()
    for name in "parse-train dev tag-train tok-train tok-dev reporting-train".split():
        made = [sentence(at) for at in range(40 if name.endswith("train") else 12)]
        if name == "reporting-train":
            made = [without_features(s) for s in made]
        (folder / f"treebanks/{name}.conllu.xz").write_bytes(lzma.compress("".join(map(dump, made)).encode()))
    words = sorted({row[1] for at in range(40) for row in sentence(at).words})
    rows = [f"{len(words)} 100", *(" ".join([word, *(["0.1"] * 100)]) for word in words)]
    (folder / "vectors/ar_news_100d.vec.xz").write_bytes(lzma.compress(("\n".join(rows) + "\n").encode()))
    return folder


@pytest.fixture(scope="module")
def made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    updates = "tokenizer=4,mwt=1,tagger=4,parser=4"
    main(["--out", str(out), "--shared", str(shared), "--updates", updates])
    return out / "ar_compact"


def test_all_steps_make_a_package_that_parses(made: Path) -> None:
    assert verify_bundle(made) == []
    tree = load_parser(made).parse(["وقال الوزير سالم أنه وصل."])[0]
    assert tree.words
    assert sum(word.deprel == "root" for word in tree.words) >= 1


def test_weights_are_halves_and_vectors_are_not(made: Path) -> None:
    parser = torch.load(made / "ar/depparse/compact.pt", weights_only=True)
    vectors = torch.load(made / "ar/pretrain/news.pt", weights_only=True)
    floating = [v for v in parser["model"].values() if v.is_floating_point()]
    assert {value.dtype for value in floating} == {torch.float16}
    assert vectors["emb"].dtype is torch.float32
    assert not {"optimizer_state_dict", "scheduler_state_dict"} & set(parser)


def test_no_path_of_this_machine_is_left(made: Path) -> None:
    for file in made.rglob("*.pt"):
        config = torch.load(file, weights_only=True).get("config", {})
        assert not [value for value in config.values() if isinstance(value, str) and value.startswith("/")]


def test_training_goes_on_from_a_package(made: Path, shared: Path, tmp_path: Path) -> None:
    updates = "tokenizer=2,tagger=2,parser=2"
    main(["--out", str(tmp_path), "--shared", str(shared), "--init", str(made), "--updates", updates, "--half"])
    assert verify_bundle(tmp_path / "ar_compact") == []
    assert load_parser(tmp_path / "ar_compact").parse(["قال الوزير أنه وصل."])[0].words


def test_a_whole_word_of_the_dictionary_stays_one_word(made: Path) -> None:
    nlp = pipeline(made)
    trainer = nlp.processors["mwt"].trainer
    trainer.expansion_dict["وقال"] = "وقال"
    document = nlp("وقال")
    token = document.sentences[0].tokens[0]
    token.misc, token.words = "MWT=Yes", []
    document.set_mwt_expansions(trainer.predict_dict(["وقال"]), process_manual_expanded=False)
    assert [word.text for word in token.words] == ["وقال"]


def test_the_quick_loss_is_stanzas_where_nothing_is_padded(made: Path) -> None:
    pretrain = read_vectors(made / "ar/pretrain/news.pt")
    trainer = Trainer.load(str(made / "ar/depparse/compact.pt"), pretrain, args={"device": "cpu"}, device="cpu")
    document = CoNLL.conll2doc(input_str=dump(sentence(1)))
    batches = DataLoader(document, 100, trainer.args, pretrain, vocab=trainer.vocab, evaluation=False)
    inputs, _, *rest = unpack_batch(batches[0], "cpu")
    for module in trainer.model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0
    trainer.model.worddrop.dropprob = 0
    trainer.model.train()
    slow = trainer.model.loss(*inputs, *rest)[0]
    quicken(trainer.model)
    quick = trainer.model.loss(*inputs, *rest)[0]
    assert torch.allclose(slow, quick, atol=1e-4)
    assert quick != 0


def test_masks_out_of_a_pool_drop_their_share() -> None:
    drop = torch.nn.Dropout(0.25)
    pooled_masks(drop, size=100_000)
    ones = drop(torch.ones(200, 200))
    assert sorted(ones.unique().tolist()) == pytest.approx([0, 4 / 3])
    assert 0.23 < float((ones == 0).float().mean()) < 0.27
    drop.eval()
    assert torch.equal(drop(torch.ones(3)), torch.ones(3))


def test_unknown_steps_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path), "--steps", "tagger,polish"])
    assert "polish" in capsys.readouterr().err
    assert "prepare-data" in STEPS


def test_counts_are_read() -> None:
    assert counts("tagger=10,parser=20") == {"tagger": 10, "parser": 20}
