"""Papers to mentions and relations: spaCy components, one a module."""
