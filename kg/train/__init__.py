"""Training: the extraction's data files from annotated papers."""
