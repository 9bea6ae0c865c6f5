# Everything runs in .venv; the first target that needs it makes it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD := ../shared/gold
RUN_STAMP := $(VENV)/.stamp-run
DEV_STAMP := $(VENV)/.stamp-dev
SETTINGS := pyproject.toml constraints.txt
ARTICLES ?= 200
SUBSETS := --subset seed --subset dev00-dev27 --subset dev28-dev39

.DEFAULT_GOAL := help
.PHONY: help run test chromium format score bench schema docs dist model model-report weights torture fuzz lowest audit clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

run: $(RUN_STAMP) ## Read the seed article: a table here, the records in out/seed.jsonl
	@mkdir -p out
	@$(BIN)/attribution extract seeds -o out/seed.jsonl
	@$(BIN)/attribution table out/seed.jsonl

test: $(DEV_STAMP) chromium ## Run every check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The browser tests want Debian's package; where it cannot be had they are left out, and pytest's last lines say so.
chromium:
	@if [ ! -x /usr/bin/chromium ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-core >/dev/null; \
	  then echo "installed Chromium for the browser tests"; \
	  else echo "NO CHROMIUM (it takes root and Debian's packages): the browser tests will be LEFT OUT"; fi; fi

format: $(DEV_STAMP) ## Put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: out/gold.jsonl ## Score seed, dev00-27 and dev28-39 (needs ../shared/gold)
	@if [ -s out/gold.jsonl ]; then $(BIN)/attribution evaluate $(GOLD) out/gold.jsonl $(SUBSETS); fi

# Always made anew: what it depends on is the whole library.
.PHONY: out/gold.jsonl
out/gold.jsonl: $(RUN_STAMP)
	@mkdir -p out
	@if [ -d $(GOLD) ]; then $(BIN)/attribution extract $(GOLD)/seed/text $(GOLD)/dev/text -o $@; \
	else rm -f $@; echo "$(GOLD) is absent: nothing to score"; fi

bench: $(RUN_STAMP) ## Time naive Stanza, naive Stanza with our rules, and ours (ARTICLES=40 for less)
	$(BIN)/python -m benchmarks --articles $(ARTICLES)

schema: $(RUN_STAMP) ## Write docs/schema.json
	$(BIN)/attribution schema > docs/schema.json.part
	mv docs/schema.json.part docs/schema.json

docs: $(DEV_STAMP) ## Build the documentation site, strictly
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

dist: $(DEV_STAMP) ## Build the sdist and the wheel into dist/, and check what they say of themselves
	rm -rf dist
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/*

model: $(DEV_STAMP) ## Train the bundled model again from ../shared/treebanks and ../shared/vectors into out/model
	$(BIN)/python -m training.model --out out/model --init ../shared/model/ar_compact --half

model-report: $(DEV_STAMP) ## Score the bundled model on the test treebanks
	$(BIN)/python -m training.report src/attribution/models/ar_compact --against ../shared/model/ar_compact \
	  --tests ../shared/treebanks/padt-test.conllu.xz ../shared/treebanks/pud-test.conllu.xz \
	  ../shared/treebanks/reporting-test.conllu.xz tests/treebank/reporting_seed_style.conllu

weights: $(DEV_STAMP) ## Learn the weights of the evidence again from the first 28 articles of ../shared/gold/dev
	$(BIN)/python -m training.weigh $(GOLD)/dev

torture: $(DEV_STAMP) ## Run the long reliability checks (docs/reliability.md), with atheris where it can be installed
	-$(BIN)/pip install --quiet --constraint constraints.txt atheris
	$(BIN)/python -m torture

fuzz: $(DEV_STAMP) ## Fuzz every reader for half an hour and keep a small corpus (needs atheris: CPython 3.11 to 3.13, Linux)
	$(BIN)/pip install --quiet --constraint constraints.txt atheris
	$(BIN)/python -m torture.fuzz --seconds 1800 --keep

lowest: ## Run the tests with the lowest versions that pyproject.toml allows, in an environment of their own
	$(PYTHON) -m venv out/lowest
	out/lowest/bin/pip install --quiet uv
	grep '^torch==' constraints.txt > out/torch.txt # Stanza asks for any torch, and the newest is not for every machine
	out/lowest/bin/uv pip compile --quiet --resolution lowest-direct --constraint out/torch.txt --extra tables \
	  pyproject.toml -o out/lowest.txt
	out/lowest/bin/pip install --quiet --requirement out/lowest.txt pytest hypothesis
	PYTHONPATH=src out/lowest/bin/python -m pytest -W ignore::DeprecationWarning --ignore tests/syntax/test_speed.py tests/batch tests/cli tests/evaluation \
	  tests/exchange tests/explanation tests/formats tests/lexicon tests/stanza_processor tests/syntax tests/units

audit: ## Ask the advisory database about every pinned package (needs the network; what cannot be asked about fails)
	$(PYTHON) -m venv out/audit
	out/audit/bin/pip install --quiet pip-audit
	out/audit/bin/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

clean: ## Remove what was built, the environment included
	rm -rf $(VENV) out dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(SETTINGS) | $(BIN)/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(DEV_STAMP): $(SETTINGS) | $(BIN)/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,docs]'
	touch $@ $(RUN_STAMP)
