"""`Extractor`: the flow from a text to its record. Composition only; every step has a module of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from attribution._version import __version__
from attribution.article_names import tags_of
from attribution.assembly import assemble
from attribution.contents import delimit
from attribution.coreference import Resolved, Watch, resolve
from attribution.cues import find_cues
from attribution.drafts import Draft, FoundCue, Opening
from attribution.errors import ModelError, SettingsError
from attribution.evidence import Weights, by_tag, certain, cue_features, impossible, load_weights
from attribution.lexicon.loading import load_lexicon
from attribution.lexicon.lookup import Lexicon
from attribution.marks import decide_marks, not_covered, uncued_quotations
from attribution.openings import find_openings
from attribution.phrases import Phrases
from attribution.records import Article, AttributedDocument, FailedDocument
from attribution.registry import Registry
from attribution.settings import Settings
from attribution.sources import find_source
from attribution.spans import Span
from attribution.subjects import find_topic
from attribution.syntax.document import NAME as DOCUMENT
from attribution.syntax.document import DocumentTrees, check_parsed
from attribution.syntax.frames import Frame, ParsedUnit, frame_unit
from attribution.syntax.parser import Parser
from attribution.syntax.stanza import load_parser
from attribution.syntax.tree import EMPTY, Tree
from attribution.text import function_words as fw
from attribution.text.folding import Folded, fold
from attribution.text.marked import Marked, find_marked
from attribution.text.units import Unit, cut_units, each_unit, parts
from attribution.words import ArticleWords

# How often candidates are asked again once others have been rejected.
_ROUNDS = 6
# So many elements of any other unit with a cue are parsed, for its subject.
_BEGINNING = 12
# From this strength on a verb that takes a noun phrase is worth a tree to find it by.
_STRONG = 0.85
# A verb of this strength with one of these forms so near after it is worth a tree without being weighed.
_PLAIN, _PLAIN_REACH = 0.8, 19
_PLAIN_OPENERS = fw.COMPLEMENTIZERS | fw.COMPLEMENTIZERS_WITH_BI | {":", "«»"}
_NOUN_PHRASES = frozenset({"NP", "بـ"})
# A text is read in parts of about so many elements, so that no more of it than that is held as units and trees at a
# time. Articles of newspapers are shorter, and are read whole; what is found does not depend on it.
_PART = 4_000


Weighed = tuple[float, FoundCue, Opening]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text up to the point where its frames are to be parsed; `frames` holds those of each unit that has any.

    `hopeless` are the units whose cues are not worth their trees: they attribute nothing.
    """

    article: ArticleWords
    marked: tuple[Marked, ...]
    units: tuple[Unit, ...]
    cues: Mapping[int, tuple[FoundCue, ...]]
    frames: Mapping[int, tuple[Frame, ...]]
    hopeless: frozenset[int]

    @property
    def folded(self) -> Folded:
        """The text folded."""
        return self.article.folded


@dataclass(frozen=True, slots=True)
class _Gist:
    """What settling needs of a part of a text: attributions with cue, quotations that may have none, the subjects of
    its units by the unit's number, and how often its trees give each word each part of speech.
    """

    drafts: list[Draft]
    uncued: list[Draft]
    topics: list[tuple[int, Span]]
    tags: Counter[tuple[str, str]]


@dataclass(slots=True)
class _Begun:
    """A text whose parts are read one after the other; `units` have been so far."""

    folded: Folded
    marked: tuple[Marked, ...]
    parts: Iterator[Prepared]
    read: list[_Gist] = field(default_factory=list)
    units: int = 0


class Extractor:
    """Reads who said what in Arabic texts.

    `model` is the bundled package ("ar_compact"), a Stanza package ("padt"), a folder laid out as Stanza's, a
    `stanza.Pipeline` or any `Parser`. It is loaded at the first text. `lexicon` gives users' lexicon files. Raises
    SettingsError, ModelError or LexiconError for what is wrong with its arguments, nothing for a text.
    """

    def __init__(
        self,
        model: Any = "ar_compact",
        *,
        settings: Settings | None = None,
        lexicon: Path | str | Sequence[Path | str] = (),
        device: str = "cpu",
    ) -> None:
        self.settings = settings or Settings()
        paths = [lexicon] if isinstance(lexicon, (str, Path)) else list(lexicon)
        self._model, self._device = model, device
        self._lexicon_paths = tuple(Path(p) for p in paths)
        self._lexicon: Lexicon = load_lexicon(*self._lexicon_paths)
        self._parser: Parser | None = None

    @property
    def parser(self) -> Parser:
        """The parser, loaded when first asked for."""
        if self._parser is None:
            self._parser = load_parser(self._model, device=self._device)
        return self._parser

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon in use."""
        return self._lexicon

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_parser": None, "_lexicon": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lexicon = load_lexicon(*self._lexicon_paths)

    def extract(
        self, text: str, id: str = "document", metadata: Mapping[str, JsonValue] | None = None
    ) -> AttributedDocument:
        """The record of one text."""
        return self.extract_many([(id, text, metadata or {})])[0]

    def from_document(
        self, document: Any, id: str = "document", metadata: Mapping[str, JsonValue] | None = None
    ) -> AttributedDocument:
        """The record of a text that Stanza has parsed, from the parse it has; this extractor's parser is not loaded.

        `document` is what any stanza.Pipeline with depparse returns. Offsets are those of `document.text`. ModelError
        says what the Document lacks.
        """
        check_parsed(document)
        ready = self.prepare(document.text)
        known = DocumentTrees(document, ready.folded)
        trees = [known.of(frame, ready.units[number]) for number, frames in ready.frames.items() for frame in frames]
        begun = _Begun(ready.folded, ready.marked, iter(()), [self._gist(ready, iter(trees))], len(ready.units))
        return self._finish(id, document.text, metadata or {}, begun, DOCUMENT)

    def extract_many(self, articles: Iterable[tuple[str, str, Mapping[str, JsonValue]]]) -> list[AttributedDocument]:
        """The records of several (id, text, metadata), in order, their frames parsed together."""
        given = list(articles)
        texts = [self._begin(text) for _, text, _ in given]
        while some := [(begun, ready) for begun in texts if (ready := next(begun.parts, None)) is not None]:
            trees = iter(self.parse([ready for _, ready in some]))
            for begun, ready in some:
                begun.read.append(self._gist(ready, trees, first=begun.units))
                begun.units += len(ready.units)
        return [
            self._finish(id, text, metadata, begun, self._model_name())
            for (id, text, metadata), begun in zip(given, texts, strict=True)
        ]

    def stream(
        self, articles: Iterable[str | Article | tuple[str, JsonValue]], *, batch_size: int = 64
    ) -> Iterator[AttributedDocument | FailedDocument]:
        """The record of each article, in order, read lazily `batch_size` at a time.

        An article is a text, an `Article`, or a (text, context) pair, whose context comes back under
        `metadata["context"]`. Where a text cannot be read its place is taken by a `FailedDocument`.
        """
        if batch_size < 1:
            raise SettingsError(f"batch_size must be at least 1, not {batch_size}")
        numbered = (_article(number, given) for number, given in enumerate(articles))
        for batch in batched(numbered, batch_size):
            yield from self._batch(batch)

    def _batch(self, batch: Sequence[Article]) -> list[AttributedDocument | FailedDocument]:
        """The records of one batch; if it fails as a whole, each article is read by itself."""
        try:
            return list(self.extract_many((a.id, a.text, a.metadata) for a in batch))
        except ModelError:
            raise
        except Exception as error:  # one article must not end an archive's run
            if len(batch) == 1:
                failed = FailedDocument(
                    id=batch[0].id, error=f"{type(error).__name__}: {error}", metadata=batch[0].metadata
                )
                return [failed]
            return [record for article in batch for record in self._batch([article])]

    def prepare(self, text: str, *, thorough: bool = False) -> Prepared:
        """A text folded, cut into units and frames, its cue candidates found; if `thorough`, no unit with a cue is
        given up before it is parsed (to learn the weights that give up others).
        """
        folded = fold(text)
        marked = find_marked(folded.text)
        return self._prepare(self._words(folded), marked, cut_units(folded, marked), thorough=thorough)

    def _begin(self, text: str) -> _Begun:
        """A text folded, its parts prepared one after the other as they are asked for."""
        folded = fold(text)
        marked = find_marked(folded.text)
        runs = parts(each_unit(folded, marked), _PART)
        article = self._words(folded)
        return _Begun(folded, marked, (self._prepare(article, marked, run) for run in runs))

    def _words(self, folded: Folded) -> ArticleWords:
        """What all units of a text share."""
        return ArticleWords(folded, self._lexicon)

    def _prepare(
        self, article: ArticleWords, marked: tuple[Marked, ...], units: tuple[Unit, ...], *, thorough: bool = False
    ) -> Prepared:
        cues: dict[int, list[FoundCue]] = {}
        for cue in find_cues(units, self._lexicon):
            cues.setdefault(cue.unit, []).append(cue)
        found = {number: tuple(here) for number, here in cues.items()}
        worth = {
            number: self._frames(unit, found.get(number, ()), article, thorough=thorough)
            for number, unit in enumerate(units)
        }
        frames = {number: few for number, (few, _) in worth.items() if few}
        hopeless = frozenset(number for number, (_, promising) in worth.items() if not promising)
        return Prepared(article, marked, units, found, frames, hopeless)

    def _frames(
        self, unit: Unit, cues: Sequence[FoundCue], article: ArticleWords, *, thorough: bool
    ) -> tuple[tuple[Frame, ...], bool]:
        """The frames of a unit that are worth parsing, and whether it might attribute something; with
        `settings.frames` off, the whole unit in one.

        A unit without cues has none. Where the order of the words speaks against all its cues, no tree would save one,
        and only its beginning is parsed, for the subject whom the next sentences may mean.
        """
        settings, folded = self.settings, article.folded
        if not settings.frames:
            words = len(unit.elements) + 1
            return frame_unit(unit, folded, stand_in_words=len(folded.text) + 1, frame_words=words), True
        if not cues:
            return (), False
        frames = frame_unit(unit, folded, stand_in_words=settings.stand_in_words, frame_words=settings.frame_words)
        if thorough or self._promising(unit, frames, cues, article):
            return frames, True
        if unit.inside is not None:
            return (), False
        beginning = replace(unit, elements=unit.elements[:_BEGINNING])
        return frame_unit(beginning, folded, stand_in_words=settings.stand_in_words, frame_words=_BEGINNING), False

    def _promising(self, unit: Unit, frames: Sequence[Frame], cues: Sequence[FoundCue], article: ArticleWords) -> bool:
        """Whether some cue of a unit might attribute something, judged without trees."""
        if _plainly_reports(unit, cues):
            return True
        phrases = self._phrases(ParsedUnit(unit, frames, [EMPTY] * len(frames)), cues, article)
        return bool(_weighed(phrases, cues, load_weights("promise"), one=True)) or _waits_for_tree(phrases, cues)

    def _phrases(self, parsed: ParsedUnit, cues: Sequence[FoundCue], article: ArticleWords) -> Phrases:
        """A unit ready to be asked, its noun phrases ended by `cues`."""
        return Phrases(parsed, article, self._lexicon, {c.first: c.last for c in cues if _breaks_phrases(c, parsed)})

    def parse(self, prepared: Sequence[Prepared]) -> list[Tree]:
        """The trees of all frames of all texts, in their order."""
        texts = [frame.text for ready in prepared for frames in ready.frames.values() for frame in frames]
        return self.parser.parse(texts) if texts else []

    def _finish(
        self, id: str, text: str, metadata: Mapping[str, JsonValue], begun: _Begun, model: str
    ) -> AttributedDocument:
        drafts, parents, resolved = self._settled(begun.folded, begun.read)
        marks = decide_marks(begun.marked, drafts, begun.folded.text)
        assembled = assemble(begun.folded, drafts, parents, resolved, marks)
        kept = tuple(a for a in assembled.attributions if a.confidence >= self.settings.min_confidence)
        return AttributedDocument(
            id=id,
            text=text if self.settings.keep_text else None,
            text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            attributions=kept,
            speakers=assembled.speakers,
            marks=assembled.marks,
            metadata=dict(metadata),
            model=model,
            version=__version__,
        )

    def _model_name(self) -> str:
        """The name of the parser, which texts without frames do not load."""
        return self.parser.name if self._parser is not None else str(self._model)

    def settle(
        self, ready: Prepared, trees: Iterator[Tree], watch: Watch | None = None
    ) -> tuple[list[Draft], list[int | None], list[Resolved]]:
        """The attributions of a text in text order, for each the number of the one that holds it, and its speaker;
        `watch` is told whom an elided subject can mean.
        """
        return self._settled(ready.folded, [self._gist(ready, trees)], watch)

    def _settled(
        self, folded: Folded, read: Sequence[_Gist], watch: Watch | None = None
    ) -> tuple[list[Draft], list[int | None], list[Resolved]]:
        """What `settle` gives, from the gist of each part of a text."""
        cued = [draft for gist in read for draft in gist.drafts]
        drafts = cued + not_covered([draft for gist in read for draft in gist.uncued], cued)
        drafts.sort(key=lambda d: (d.content.spans[0].start, -d.content.spans[-1].end))
        drafts = _linked(drafts)
        if not drafts:  # nobody speaks: the names of the text need not be gathered
            return [], [], []
        parents = _parents(drafts)
        tags = Counter[tuple[str, str]]()
        for gist in read:
            tags.update(gist.tags)
        registry = Registry(folded, self._lexicon, tags_of(tags.elements()))
        attributing = {draft.unit for draft in drafts}
        topics = [topic for gist in read for unit, topic in gist.topics if unit not in attributing]
        return drafts, parents, resolve(drafts, parents, topics, registry, watch)

    def _gist(self, ready: Prepared, trees: Iterator[Tree], *, first: int = 0) -> _Gist:
        """What settling needs of a part, whose units and trees can then be let go; `first` numbers its first unit."""
        phrases = self.read(ready, trees)
        drafts, uncued = self._drafts(ready, phrases), uncued_quotations(phrases)
        for draft in (*drafts, *uncued):
            draft.unit += first
        topics = [(first + n, topic) for n, read in phrases.items() if (topic := find_topic(read)) is not None]
        return _Gist(drafts, uncued, topics, Counter(_tagged(phrases)))

    def read(self, ready: Prepared, trees: Iterator[Tree]) -> dict[int, Phrases]:
        """Every unit of a text ready to be asked; those without a frame have no tree."""
        read: dict[int, Phrases] = {}
        for number, unit in enumerate(ready.units):
            frames = ready.frames.get(number)
            if frames is not None:
                parsed = ParsedUnit(unit, frames, [next(trees) for _ in frames])
            else:
                parsed = ParsedUnit(unit, [Frame(0, len(unit.elements), "", ())], [EMPTY])
            read[number] = self._phrases(parsed, ready.cues.get(number, ()), ready.article)
        return read

    def _drafts(self, ready: Prepared, phrases: Mapping[int, Phrases]) -> list[Draft]:
        drafts: list[Draft] = []
        for number, cues in ready.cues.items():
            here: list[Draft] = []
            if number in ready.hopeless:
                continue
            accepted = self._accepted(phrases[number], cues)
            likely = {(cue.first, cue.last): probability for probability, cue, _ in accepted}
            opened = [(cue, opening) for _, cue, opening in accepted]
            for cue, content in delimit(phrases[number], opened, cues):
                source = find_source(phrases[number], cue, content, cues, first=not here)
                here.append(Draft(cue, content, source, number, probability=likely[cue.first, cue.last]))
            drafts += here
        return drafts

    def opened(self, phrases: Phrases, cues: Sequence[FoundCue]) -> list[tuple[FoundCue, Opening]]:
        """The cues of a unit that the evidence speaks for, each with its opening."""
        return [(cue, opening) for _, cue, opening in self._accepted(phrases, cues)]

    def _accepted(self, phrases: Phrases, cues: Sequence[FoundCue]) -> list[Weighed]:
        """The cues of a unit that the evidence speaks for, each with its probability and its opening."""
        asked = [by_tag(phrases, cue) for cue in cues if not impossible(phrases, cue)]
        return _without_overlaps(_weighed(phrases, asked, load_weights("cue")))


def _plainly_reports(unit: Unit, cues: Sequence[FoundCue]) -> bool:
    """Whether a verb of saying stands before a complementizer, colon or mark, so that nothing need be weighed: of 660
    such units in 147 articles four are given up by the weights.
    """
    forms = [element.form for element in unit.elements]
    return any(
        cue.reading.kind == "verb"
        and cue.reading.entry.strength >= _PLAIN
        and cue.reading.person not in (1, 2)
        and not _PLAIN_OPENERS.isdisjoint(forms[cue.last + 1 : cue.last + 1 + _PLAIN_REACH])
        for cue in cues
    )


def _waits_for_tree(phrases: Phrases, cues: Sequence[FoundCue]) -> bool:
    """Whether a strong verb that takes a noun phrase finds none by the order of the words: in «أعلن مسؤول أميركي
    استئناف المفاوضات» only the tree tells where the subject ends.
    """
    strong = [c for c in cues if c.reading.kind == "verb" and c.reading.entry.strength >= _STRONG]
    waiting = {(c.first, c.last) for c in strong if c.reading.entry.complements & _NOUN_PHRASES}
    return bool(waiting - {(c.first, c.last) for c, _ in find_openings(phrases, cues)}) if waiting else False


# Openings that only their own cue can have.
_OWN = frozenset({"bare", "phrase", "preceding"})


def _weighed(phrases: Phrases, cues: Sequence[FoundCue], weights: Weights, *, one: bool = False) -> list[Weighed]:
    """The cues that reach the weights' threshold, each with its opening; with `one` the first of them, if there is any.

    A candidate that is rejected gives its opening back, so the others are asked once more without it.
    """
    asked = list(cues)
    weighed: list[Weighed] = []
    known: dict[tuple[object, ...], float] = {}  # what is asked again with the same opening is not weighed again
    for _ in range(_ROUNDS):
        weighed = []
        for c, o in find_openings(phrases, asked):
            key = (c.first, c.last, c.reading.kind, c.reading.entry.lemma, o.at, o.kind, o.via)
            if key not in known:
                sure = certain(phrases, c, o)
                known[key] = 1.0 if sure else weights.probability(cue_features(phrases, c, o))
            weighed.append((known[key], c, o))
            if one and known[key] >= weights.threshold:
                return weighed[-1:]
        low = [(c, o) for p, c, o in weighed if p < weights.threshold]
        # A noun phrase is nobody else's: who has no more is asked again with the openings that come back.
        rejected = {(c.first, c.last) for c, o in low if o.kind not in _OWN} or {(c.first, c.last) for c, _ in low}
        if not rejected:
            break
        asked = [c for c in asked if (c.first, c.last) not in rejected]
    return [row for row in weighed if row[0] >= weights.threshold]


def _without_overlaps(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The cues that share no element with a likelier one («كما أوصى» and its «أوصى»), in text order.

    A cue whose content would begin with another cue's noun only leads to it: «جدد تأكيده أن», «نقلت عنه قوله إن».
    """
    nouns = {cue.first for _, cue, _ in weighed if cue.reading.kind == "verbal_noun"}
    weighed = [row for row in weighed if not (row[2].kind in ("bare", "phrase") and row[2].at in nouns)]
    kept: list[Weighed] = []
    for row in sorted(weighed, key=lambda row: -row[0]):
        if not any(row[1].first <= k[1].last and k[1].first <= row[1].last for k in kept):
            kept.append(row)
    return sorted(kept, key=lambda row: row[1].first)


def _article(number: int, given: str | Article | tuple[str, JsonValue]) -> Article:
    """What a caller gave a stream, as an article; texts without an id are numbered from 0."""
    if isinstance(given, Article):
        return given
    if isinstance(given, str):
        return Article(id=str(number), text=given)
    text, context = given
    return Article(id=str(number), text=text, metadata={"context": context})


def batched(items: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """`items` in lists of `size`, the last one shorter."""
    batch: list[Article] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _breaks_phrases(cue: FoundCue, parsed: ParsedUnit) -> bool:
    """Whether a cue candidate ends a noun phrase: a finite verb, an accusative participle, a preposition."""
    reading = cue.reading
    if reading.kind == "participle":
        return not reading.definite and reading.entry.strength > 0.5
    if reading.kind == "verb":
        return parsed.upos(cue.first) in ("VERB", "AUX", None)
    return reading.kind in ("preposition", "phrase")


def _linked(drafts: list[Draft]) -> list[Draft]:
    """The drafts, each participle with the draft of the cue that it hangs on: the nearest before it at its own
    level.
    """
    parents = _parents(drafts)
    of_unit: dict[int, list[tuple[int, Draft]]] = {}
    for number, draft in enumerate(drafts):
        of_unit.setdefault(draft.unit, []).append((number, draft))
    for number, draft in enumerate(drafts):
        if draft.cue is None or draft.cue.reading.kind != "participle" or draft.source.span is not None:
            continue
        earlier = [
            (other.cue.span.start, i)
            for i, other in of_unit[draft.unit]
            if other.cue is not None
            and other.cue.span.end <= draft.cue.span.start
            and parents[i] == parents[number]
            and _one_gender(other, draft)
        ]
        draft.inherits = max(earlier)[1] if earlier else None
    return drafts


def _one_gender(one: Draft, other: Draft) -> bool:
    """Whether the cues of two drafts can have one speaker: «قالت … مؤكدا» cannot."""
    genders = {draft.cue.reading.gender for draft in (one, other) if draft.cue is not None}
    explicit = one.cue is not None and one.cue.reading.kind == "verb"
    return not explicit or None in genders or len(genders) == 1


def _parents(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the number of the smallest other draft whose content holds its cue and content."""
    parents: list[int | None] = []
    open_now: list[int] = []
    for number, draft in enumerate(drafts):
        start = draft.content.spans[0].start
        open_now = [i for i in open_now if drafts[i].content.spans[-1].end > start]
        holder = None
        for i in reversed(open_now):
            outer = drafts[i].content.spans
            if outer[-1].end >= draft.content.spans[-1].end and (
                draft.cue is None or outer[0].start <= draft.cue.span.start < outer[-1].end
            ):
                holder = i
                break
        parents.append(holder)
        open_now.append(number)
    return parents


def _tagged(phrases: Mapping[int, Phrases]) -> Iterator[tuple[str, str]]:
    """Skeleton and part of speech of every word that a tree has."""
    for read in phrases.values():
        if read.parsed.has_tree:
            for at in range(len(read)):
                if (upos := read.parsed.upos(at)) is not None:
                    yield read.bare(at), upos


@lru_cache(maxsize=1)
def _default() -> Extractor:
    """The extractor with the bundled model, one a process."""
    return Extractor()


def extract(text: str, id: str = "document") -> AttributedDocument:
    """Who said what in `text`, read with the bundled model, which is loaded at the first call."""
    return _default().extract(text, id=id)
