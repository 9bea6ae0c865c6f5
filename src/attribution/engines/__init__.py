"""Engines beyond one machine: a picklable extractor of batches, and Ray Data on top of it."""

from attribution.engines.frames import BatchExtractor

__all__ = ["BatchExtractor"]
