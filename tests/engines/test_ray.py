"""Ray Data on a cluster of this machine, with the bundled model."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from attribution import Article, Extractor
from attribution.engines import BatchExtractor
from attribution.errors import SettingsError
from attribution.formats.jsonl import dump_line
from tests.batch.stubs import DEADLY, StubParser

SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا."
needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """A cluster of two CPUs on this machine, no dashboard."""
    import ray

    paths = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        object_store_memory=100_000_000,
        runtime_env={"env_vars": {"PYTHONPATH": paths}},
    )
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    yield ray
    ray.shutdown()


def rows(number: int) -> pd.DataFrame:
    return pd.DataFrame({"url": [f"u{i}" for i in range(number)], "text": [SAID.format(i) for i in range(number)]})


def dataset(ray: Any, table: pd.DataFrame) -> Any:
    return ray.data.from_pandas([table[at : at + 4] for at in range(0, len(table), 4)])


def expected(table: pd.DataFrame, extractor: Extractor) -> list[str]:
    articles = (Article(id=url, text=text) for url, text in zip(table["url"], table["text"], strict=True))
    return [dump_line(record).decode().rstrip("\n") for record in extractor.stream(articles)]


@needs_ray
@pytest.mark.filterwarnings("ignore")
def test_two_actors_give_what_a_stream_gives(ray: Any):
    from attribution.engines.ray import extract_dataset

    table = rows(16)
    done = extract_dataset(dataset(ray, table), extractor=BatchExtractor(id="url"), workers=2, batch_size=4)
    found = done.to_pandas()
    assert found["attributed"].tolist() == expected(table, Extractor())
    assert found["url"].tolist() == table["url"].tolist()
    assert found["error"].isna().all()


@needs_ray
@pytest.mark.filterwarnings("ignore")
def test_the_run_is_whole_though_an_actor_is_killed(ray: Any, tmp_path: Path):
    from attribution.engines.ray import extract_dataset

    (tmp_path / "1").touch()
    table = rows(16)
    table.loc[9, "text"] = f"وقال {DEADLY} إن الخبر صحيح."
    extractor = BatchExtractor(id="url", model=StubParser(tmp_path))
    found = extract_dataset(dataset(ray, table), extractor=extractor, workers=2, batch_size=4).to_pandas()
    assert not list(tmp_path.iterdir()), "the actor was killed"
    assert found["attributed"].tolist() == expected(table, Extractor(StubParser()))


@needs_ray
def test_the_device_decides_the_gpus():
    from attribution.engines.ray import extract_dataset

    asked: list[dict[str, Any]] = []

    class Data:
        def map_batches(self, actor: type, **options: Any) -> str:
            asked.append(options)
            return "mapped"

    stub = StubParser()
    assert extract_dataset(Data(), extractor=BatchExtractor(model=stub, device="cuda"), workers=(1, 3)) == "mapped"
    extract_dataset(Data(), "body")
    assert [options["num_gpus"] for options in asked] == [1, 0]
    assert (asked[0]["compute"].min_size, asked[0]["compute"].max_size) == (1, 3)
    assert asked[1]["fn_constructor_args"][0].text == "body"
    with pytest.raises(SettingsError, match="batch_size"):
        extract_dataset(Data(), batch_size=0)


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    from attribution.engines.ray import extract_dataset

    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(SettingsError, match=r"pip install attribution-ar\[ray\]"):
        extract_dataset(SimpleNamespace(map_batches=None))
