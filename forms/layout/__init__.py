"""From a tree of blocks to pages. PDF now; DOCX and XLSX stand beside it."""
