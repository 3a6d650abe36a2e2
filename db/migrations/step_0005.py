"""Step 5: the index of words in its second form; it is filled from the records after the steps."""

from __future__ import annotations

_OPTIONS = """content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3 4', detail = none"""

STATEMENTS = (
    "DROP TABLE search_name",
    "DROP TABLE search_text",
    # Words are split, folded and marked before they come here; the tokenizer only cuts at the blanks.
    f"CREATE VIRTUAL TABLE search_name USING fts5 (words, {_OPTIONS})",
    f"CREATE VIRTUAL TABLE search_text USING fts5 (words, {_OPTIONS})",
    # The words that are there, to see how a word that is being typed may go on.
    "CREATE VIRTUAL TABLE search_name_words USING fts5vocab (search_name, row)",
    "CREATE VIRTUAL TABLE search_text_words USING fts5vocab (search_text, row)",
)
