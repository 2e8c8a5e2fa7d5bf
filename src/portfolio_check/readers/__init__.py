"""Readers: one for each kind of file, from its bytes to facts. A reader never judges, and opens no file itself.

`registry.reader_of` tells which reader takes a file, by its path alone.
"""
