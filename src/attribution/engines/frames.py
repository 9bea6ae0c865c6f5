"""`BatchExtractor`: a picklable callable that engines give their batches to, for Ray, Spark, Dask and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attribution.errors import InputError
from attribution.formats.jsonl import dump_line
from attribution.pipeline import Extractor
from attribution.records import Article, AttributedDocument, FailedDocument
from attribution.settings import Settings
from attribution.syntax.stanza import use_one_thread

RECORD, ERROR = "attributed", "error"
Columns = dict[str, list[Any]]


class BatchExtractor:
    """Reads the `text` column of batches and adds two: `attributed`, a line of JSON, or `error`, why there is none.

    All other columns come back as they were, in the order of the rows. `id` names a column of ids; without it, rows
    are called by the number that they have in their batch. It can be pickled; the model is loaded in the process
    where it first works, once, and works there with one thread.

    With pandas: `[*BatchExtractor()(iterator_of_data_frames)]`. With Spark:
    `frame.mapInPandas(BatchExtractor("text"), schema="text string, attributed string, error string")`.
    A batch may also be a mapping of columns (Ray Data) and comes back as one.
    """

    def __init__(
        self,
        text: str = "text",
        *,
        id: str | None = None,
        model: str = "ar_compact",
        settings: Settings | None = None,
        lexicon: Sequence[Path | str] = (),
        device: str = "cpu",
    ) -> None:
        self.text, self.id = text, id
        self.device = device
        self._extractor = Extractor(model, settings=settings, lexicon=lexicon, device=device)
        self._loaded = False

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_loaded": False}

    def load(self) -> None:
        """Nothing; the model is loaded in this process, which works with one thread from now on."""
        if not self._loaded:
            use_one_thread()
            self._extractor.parser  # noqa: B018
            self._loaded = True

    def __call__(self, batch: Any) -> Any:
        """A batch with the two columns added; an iterator of batches gives an iterator of them.

        InputError names a column that the batch lacks.
        """
        if isinstance(batch, Iterator):
            return (self(one) for one in batch)
        if isinstance(batch, Mapping):
            return {**batch, **self.columns(batch)}
        return batch.assign(**self.columns(batch))

    def columns(self, batch: Any) -> Columns:
        """The two new columns for a batch whose columns are got by `batch[name]`."""
        absent = [name for name in (self.text, self.id) if name is not None and name not in batch]
        if absent:
            raise InputError(f"the batch has no column {absent[0]!r}; its columns are {', '.join(map(str, batch))}")
        texts = list(batch[self.text])
        ids = range(len(texts)) if self.id is None else batch[self.id]
        found = self._records([(str(name), text) for name, text in zip(ids, texts, strict=True)])
        done: Columns = {RECORD: [], ERROR: []}
        for record in found:
            line = None if isinstance(record, FailedDocument) else dump_line(record).decode("utf-8").rstrip("\n")
            done[RECORD].append(line)
            done[ERROR].append(record.error if isinstance(record, FailedDocument) else None)
        return done

    def _records(self, rows: Iterable[tuple[str, object]]) -> Iterator[AttributedDocument | FailedDocument]:
        """The record of each row, in order; a row whose text is none (null, a number) failed."""
        self.load()
        read = [_article(name, text) for name, text in rows]
        records = self._extractor.stream(found for found in read if isinstance(found, Article))
        for found in read:
            yield found if isinstance(found, FailedDocument) else next(records)


def _article(name: str, text: object) -> Article | FailedDocument:
    if isinstance(text, str):
        return Article(id=name, text=text)
    null = text is None or text != text  # noqa: PLR0124 - pandas' null is a number that is not itself
    return FailedDocument(id=name, error=f"the text is {'null' if null else type(text).__name__}")
