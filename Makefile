# Two commands for a new user: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
# of the packages only what is imported is compiled, and when it is
PIP := --quiet --disable-pip-version-check --no-compile
# tests are spread over the cores; one thread each, or the pools fight for them
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

.PHONY: demo test check app bench regold clean browser database docs pictures journeys

demo: .venv/ready
	@# 1 = planned, with shortfalls that need eyes: on a promotion the usual end
	$(BIN)/peakdesk demo --out out/618 || test $$? -eq 1

test: .venv/compiled browser database
	@# file by file, for what a file shares is made once; two more workers than cores, for a browser mostly waits
	$(BIN)/python -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 2)) --dist loadfile --no-loadscope-reorder

check: .venv/ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

app: .venv/ready
	$(BIN)/peakdesk app

bench: .venv/ready-test
	$(BIN)/python -m bench

regold: .venv/ready-test
	$(BIN)/python -m pytest tests/golden --regold

# of the system's own Python, so that they need not wait for packages
browser:
	$(PYTHON) -m tests.browser.install

database:
	$(PYTHON) -m tests.unit.store.server

.venv/ready: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(PIP) -c constraints.txt -e .
	touch $@

.venv/ready-test: .venv/ready
	$(BIN)/python -m pip install $(PIP) -c constraints.txt -e '.[test,dev]'
	touch $@

# once, before every worker compiles the same for itself
.venv/compiled: .venv/ready-test
	$(BIN)/python -m tests.golden.compile_once
	touch $@

docs: .venv/ready
	$(BIN)/python -m desk.dictionary docs/reference
	$(BIN)/python -m planner.reference docs/reference
	$(BIN)/python -m views.api.reference docs/reference
	$(BIN)/python -m views.glossary docs/glossary.md

journeys: .venv/ready-test browser database
	PEAKDESK_EVERY_SIDE=1 $(BIN)/python -m pytest tests/browser

pictures: .venv/ready-test browser demo
	$(BIN)/python -m tests.browser.pictures out/618 docs/img

clean:
	rm -rf .venv out
