# Sổ Dân vận. `make help` says what there is; each target sets up what it needs first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Two processes: the machines this runs on have two cores. `make test WORKERS=0` runs in one.
WORKERS ?= 2
ARGS ?=

.PHONY: help setup setup-test run test lint types faults bench bench-city catalogues clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup: ## install everything that running needs (root or sudo for Debian packages)
	@PYTHON=$(PYTHON) bash installer/setup.sh run

setup-test: ## the same, and everything that the tests need
	@PYTHON=$(PYTHON) bash installer/setup.sh test

run: setup ## the main job: the window on a demo book; without a display a signed report of it
	@$(BIN)/python installer/first_run.py $(ARGS)

lint: setup-test ## ruff
	@$(BIN)/ruff check .

types: setup-test ## mypy, strict
	@$(BIN)/mypy

test: lint types ## every gate and every test (ARGS="tests/db -k journal" for some, without the coverage gate)
	@mkdir -p .tools/coverage && rm -f .tools/coverage/*
ifeq ($(strip $(ARGS)),)
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal --cov --cov-report=json:.tools/coverage/coverage.json
	@$(BIN)/python -m tests.coverage_gate .tools/coverage/coverage.json
else
	@$(BIN)/python -m pytest -q $(ARGS)
endif

faults: setup-test ## every fault and every byte, about 30 minutes; `make test` tries a part (ARGS="-k restore")
	@DANVAN_EVERY_FAULT=1 DANVAN_EVERY_BYTE=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal \
		-o faulthandler_timeout=3600 tests/faults $(ARGS)

bench: setup-test ## measurements against their floors, in one run
	@$(BIN)/python -m tests.bench

bench-city: setup-test ## the same on a city's book of 150,000 models (built first: minutes, 1.5 GB in out/)
	@mkdir -p out && $(BIN)/python -m tests.bench --city out/bench-city.danvan

catalogues: setup-test ## collect the texts of the program; ADD="a.json b.json" merges translations
	@$(BIN)/python installer/catalogues.py $(ADD)
	@bash installer/setup.sh run

clean: ## remove what set-up and runs have made, keep books and papers
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info
