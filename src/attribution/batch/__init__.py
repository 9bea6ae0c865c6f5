"""Many documents by worker processes: runs whose finished shards survive a kill, and go on from them."""

from attribution.batch.runs import Run
from attribution.batch.shards import Item, Options, Result, Shards

__all__ = ["Item", "Options", "Result", "Run", "Shards"]
