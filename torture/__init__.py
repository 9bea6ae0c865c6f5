"""Attacks on the library that take minutes: `python -m torture`, or `--quick` for the short form of each."""
