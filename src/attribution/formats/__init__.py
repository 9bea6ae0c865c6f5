"""Readers and writers, one small file a format."""
