"""What came of a run, as a reader meets it: terminal, JUnit, Markdown, tables.

Everything here reads rows (the objects of `calls.jsonl`), so a report is drawn as well on a
machine that never rang anyone.
"""
