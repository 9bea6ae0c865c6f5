from __future__ import annotations

import pickle
from collections.abc import Iterator

import pandas as pd
import pytest

from attribution import Article, Extractor
from attribution.engines import BatchExtractor
from attribution.errors import InputError
from attribution.formats.jsonl import dump_line, parse_line
from tests.batch.stubs import BAD, StubParser

SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا."


def frames() -> Iterator[pd.DataFrame]:
    yield pd.DataFrame({"url": ["u0", "u1"], "text": [SAID.format(0), f"وقال {BAD} إن"]}, index=[7, 9])
    yield pd.DataFrame({"url": ["u2", "u3"], "text": [None, SAID.format(3)]})
    yield pd.DataFrame({"url": [], "text": []})


def test_an_iterator_of_data_frames_as_map_in_pandas_gives_it():
    extractor = pickle.loads(pickle.dumps(BatchExtractor(id="url", model=StubParser())))
    done = pd.concat(extractor(frames()))
    assert list(done.columns) == ["url", "text", "attributed", "error"]
    assert done["url"].tolist() == ["u0", "u1", "u2", "u3"]
    assert done.index.tolist() == [7, 9, 0, 1]
    assert done["error"].tolist()[1:3] == ["ValueError: not this one", "the text is null"]
    assert done["error"].isna().tolist() == done["attributed"].notna().tolist() == [True, False, False, True]
    expected = Extractor(StubParser()).stream([Article(id="u0", text=SAID.format(0))])
    assert [parse_line(done["attributed"].iloc[0])] == list(expected)


def test_it_is_as_lazy_as_the_iterator():
    asked: list[int] = []

    def coming() -> Iterator[pd.DataFrame]:
        for number in range(3):
            asked.append(number)
            yield pd.DataFrame({"text": [SAID.format(number)]})

    next(BatchExtractor(model=StubParser())(coming()))
    assert asked == [0]


def test_a_mapping_of_columns_comes_back_as_one():
    done = BatchExtractor("body", model=StubParser())({"body": [SAID.format(1), 5]})
    line = dump_line(Extractor(StubParser()).extract(SAID.format(1), id="0")).decode().rstrip("\n")
    assert done == {"body": [SAID.format(1), 5], "attributed": [line, None], "error": [None, "the text is int"]}


def test_a_column_that_is_absent_is_named():
    with pytest.raises(InputError, match="no column 'body'; its columns are text"):
        BatchExtractor("body", model=StubParser())(pd.DataFrame({"text": [""]}))
    with pytest.raises(InputError, match="no column 'url'"):
        BatchExtractor(id="url", model=StubParser())({"text": [""]})
