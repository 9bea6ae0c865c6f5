"""Attributed documents and reports made visible."""
