"""The commands of interfaces §1, a file a family. Nothing in here loads Qt."""
