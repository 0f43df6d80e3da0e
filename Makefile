# kehoach: `make run` and `make test` do all the set-up they need; `make help` lists the rest.
# Set-up leaves two marks, .setup-debian and .setup-python, and is not repeated while they are newer than what they
# were made from. VENV=path and PYTHON=python3.12 choose another place and interpreter.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
OUT ?= build/sample-dataset
SHARED ?= ../shared
COUNT ?= 40
SEED ?= 1
VARIANTS ?= text,pdf,scan-typical-200
export OMP_THREAD_LIMIT := 1
export KEHOACH_SHARED ?= $(SHARED)

# Fonts are for the generated corpus; the rest is for recognition.
DEBIAN := tesseract-ocr tesseract-ocr-vie tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-script-viet \
          fonts-liberation2 fonts-dejavu-core

.DEFAULT_GOAL := help
.PHONY: help setup run test test-reliability check format corpus sample units models bench documentation clean

help:  ## list the targets
	@grep -E '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: .setup-debian .setup-python  ## Debian packages and the virtual environment

.setup-debian: Makefile
	@missing=$$(for p in $(DEBIAN); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  missing=$$(echo $$missing); \
	  if ! command -v apt-get >/dev/null; then echo "install with your package manager: $$missing" >&2; exit 4; fi; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo=sudo; \
	  else echo "missing Debian packages; as root: apt-get install $$missing" >&2; exit 4; fi; \
	  $$sudo apt-get update -qq; \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@touch $@

.setup-python: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

run: setup  ## the main job on the sample corpus
	$(BIN)/kehoach run corpus/sample/documents -o $(OUT) || [ $$? -eq 1 ]

test: setup check  ## everything that CI runs
	$(BIN)/python -m pytest -q -m "not reliability"

test-reliability: setup  ## the long tests: kills, hostile files, PostgreSQL, Dask, the real documents
	$(BIN)/python -m pytest -q -m reliability

check: setup  ## formatting, style, types, direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## format and mend what can be mended automatically
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

corpus: setup  ## generated plans with gold, by COUNT, SEED and VARIANTS, in corpus/build
	$(BIN)/python -m corpus generate --out corpus/build --count $(COUNT) --seed $(SEED) --variants $(VARIANTS)

sample: setup  ## the committed sample corpus again, byte by byte
	$(BIN)/python -m corpus sample

units: setup  ## the table of administrative units from its source
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[tables]'
	$(BIN)/python -m pipeline.resources.build_units

models: setup  ## train the models again from SHARED/corpora
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python models/diacritics/train.py --corpora $(SHARED)/corpora
	$(BIN)/python models/diacritics/train_neighbours.py --corpora $(SHARED)/corpora
	$(BIN)/python -m models.channel.domain --corpora $(SHARED)/corpora
	$(BIN)/python models/ner/train.py

bench: setup  ## every figure of the README
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench,train]'
	$(BIN)/python -m bench.ocr
	$(BIN)/python -m bench.restore
	$(BIN)/python -m bench.extract
	$(BIN)/kehoach evaluate --gold corpus/sample/gold --baseline bench/extract/sample.json corpus/sample/documents/*
	$(BIN)/python -m bench.batch

clean:  ## remove what was built, but not the set-up
	rm -rf build dist corpus/build bench/out

documentation: setup  ## data dictionary and JSON Schema from the code
	$(BIN)/python -m pipeline.dictionary docs
