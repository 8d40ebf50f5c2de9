# make demo   install, build the graph of seeds/ into exports/, say what it found
# make test   install what the tests need, the browser included, and run them all
# make lint   format and type checks alone
# make ontology   write docs/ontology.html anew, after a change to ontology/kg.ttl

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
APT := apt-get

.PHONY: demo test lint ontology browser clean

demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o exports

test: $(VENV)/.installed-tests browser lint
	$(BIN)/python -m pytest -n 2 --dist loadscope

lint: $(VENV)/.installed-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

ontology: $(VENV)/.installed-tests
	$(BIN)/python scripts/ontology.py ontology/kg.ttl docs/ontology.html

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make demo PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh scripts/need.sh python3-venv "Python's venv module"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-tests: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || test -n "$$KG_CHROMIUM" || sh scripts/need.sh chromium "a Chromium browser"

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
