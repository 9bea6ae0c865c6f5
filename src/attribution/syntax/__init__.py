"""Dependency trees over units of text, and the parsers that make them."""
