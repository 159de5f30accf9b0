# Each target makes what it needs: on a fresh machine `make demo` is the first and only command.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench
.DEFAULT_GOAL := demo

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[app,audio,test]'
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --collect-only --quiet > .venv/collected  # compiled once, not by each worker
	touch $@

demo: .venv/ready
	$(BIN)/vahness run scenarios/ || test $$? -eq 1  # a scenario that the agent fails is what a demo is to show

# One more worker than cores: what live calls wait for, others use. Compiled modules are kept, whatever the
# environment says: half of collecting is compiling.
test: .venv/ready
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --dist worksteal --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1))

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready  # RECORDINGS=DIR: a folder of labelled stereo recordings is scored too
	RECORDINGS="$(RECORDINGS)" $(BIN)/python -m bench
