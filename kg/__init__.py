"""kg: research papers in, a knowledge graph out."""
