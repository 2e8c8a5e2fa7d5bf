"""Rules: what a criterion asks of the evidence, and how a level follows. A rule never opens a candidate's file.

`packs` has the shipped rules ready to use, `loading` reads rule files, `deciding` gives the verdicts.
"""
