"""Parts of the window that know nothing of our records: they are handed rows, fields and pictures."""
