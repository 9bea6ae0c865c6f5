"""Ray Data: the texts of a data set read by actors, each of which loads the model once."""

from __future__ import annotations

from typing import Any

from attribution.engines.frames import BatchExtractor
from attribution.errors import SettingsError


def extract_dataset(
    ray_dataset: Any,
    text: str = "text",
    *,
    extractor: BatchExtractor | None = None,
    workers: int | tuple[int, int] = 1,
    batch_size: int = 64,
) -> Any:
    """`ray_dataset` with the columns `attributed` (a line of JSON) and `error` added, as lazy as it was.

    `extractor` says how to read, if not as `BatchExtractor(text)` does. `workers` is how many actors read, or the
    fewest and the most; each takes one CPU, and one GPU besides if the extractor's device is no CPU. Keep a CPU of the
    cluster free where the data set is read from files or shuffled: those tasks need one. Ray starts lost actors anew
    and gives their batches out again. For rows in order set
    `ray.data.DataContext.get_current().execution_options.preserve_order = True`. SettingsError if Ray is not installed.
    """
    if batch_size < 1:
        raise SettingsError(f"batch_size must be at least 1, not {batch_size}")
    extractor = extractor or BatchExtractor(text)
    return ray_dataset.map_batches(
        Actor,
        fn_constructor_args=(extractor,),
        batch_size=batch_size,
        batch_format="pandas",
        compute=_pool(*((workers, workers) if isinstance(workers, int) else workers)),
        num_cpus=1,
        num_gpus=0 if extractor.device == "cpu" else 1,
    )


class Actor:
    """What each of Ray's actors holds: an extractor, with its model loaded before the first batch."""

    def __init__(self, extractor: BatchExtractor) -> None:
        self._extractor = extractor
        extractor.load()

    def __call__(self, batch: Any) -> Any:
        """The batch with its two columns added."""
        return self._extractor(batch)


def _pool(least: int, most: int) -> Any:
    """Ray's pool of so many actors."""
    try:
        from ray.data import ActorPoolStrategy
    except ImportError as error:
        raise SettingsError(
            f"Ray Data is needed ({error}); install it with `pip install attribution-ar[ray]`"
        ) from error
    return ActorPoolStrategy(min_size=least, max_size=most)
