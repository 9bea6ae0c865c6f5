"""What reading costs: `make bench`, or `python -m benchmarks --articles 40` for a quick run."""
