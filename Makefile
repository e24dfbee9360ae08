# `make demo` shows the copilot at work; `make test` runs all tests. Both build .venv first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
STAMP := $(VENV)/.installed
# More workers than two only slow the model tests down.
WORKERS ?= 2

.PHONY: install demo serve test check lint format types evals bench picture clean
install: $(STAMP)

# CPU torch first: on its own the registry's torch may bring gigabytes of GPU packages (README, "Install").
$(STAMP): pyproject.toml constraints.txt
	command -v $(PYTHON) >/dev/null || { echo "needs $(PYTHON); or: make PYTHON=python3"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -q -c constraints.txt torch
	$(PIP) install -q -c constraints.txt -e '.[dev]'
	touch $(STAMP)

demo: install
	$(BIN)/mentor-copilot demo examples/programme

serve: install
	$(BIN)/mentor-copilot serve

test: install
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

check: lint types test

# Both stop with exit status 1 where accepted quality is lost (evals/gates.yaml).
evals: install
	$(BIN)/mentor-copilot eval --engine local --report reports/local
	$(BIN)/mentor-copilot eval --replay evals/cassettes/recorded-sample.jsonl --report reports/recorded

# Ratios in one run; nothing here is a pass or fail.
bench: install
	$(BIN)/python -m bench

# The picture in the README, from what the commands really print.
picture: install
	$(BIN)/python docs/picture.py

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .copilot build dist *.egg-info
