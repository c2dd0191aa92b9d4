# Butler from a fresh checkout with nothing but Python 3.11, 3.12 or 3.13 and make:
#   make run      installs into .venv the first time, then opens Butler in the terminal with the demo home
#   make test     format, lint, types and every test
#   make install  only installs; .venv/bin/butler is there afterwards
#   make test-home-assistant  the tests against a real Home Assistant
# Another interpreter: make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install -qq --require-hashes --only-binary :all:
UV ?= uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url

# A stamp says that a step of the installation was finished; one that was interrupted is begun again.
INSTALLED := $(VENV)/installed
PROJECT := $(VENV)/project
DEVELOPMENT := $(VENV)/development

# The environment is of no use where its interpreter is gone, the checkout was moved, or another was asked for.
usable := $(wildcard $(BIN)/python)
ifneq ($(shell cat $(VENV)/made-in 2>/dev/null),$(CURDIR))
usable :=
endif
ifneq ($(origin PYTHON),file)
ifneq ($(shell cat $(VENV)/made-with 2>/dev/null),$(PYTHON))
usable :=
endif
endif
ifeq ($(usable),)
.PHONY: $(INSTALLED)
endif

.DEFAULT_GOAL := run
.PHONY: run install test test-home-assistant lint format data lock clean

run: $(PROJECT)
	@$(BIN)/butler chat

# Compiled here, for whoever may only read this folder and would compile it anew at every start.
install: $(PROJECT)
	@$(BIN)/python -m compileall -q butler engine store golden
	@echo "Butler is installed as $(CURDIR)/$(BIN)/butler."

# Many tests start Butler as a process, which takes twice as long where nothing compiled may be kept.
test: export PYTHONDONTWRITEBYTECODE :=
# Each turn of the tests is synced to the disk: a large file system in memory, where there is one, takes a third off.
ROOMY := $(shell test -d /dev/shm && test "$$(df -Pk /dev/shm | awk 'NR == 2 {print $$4}')" -gt 4000000 && echo /dev/shm)
test: export PYTEST_DEBUG_TEMPROOT := $(ROOMY)
# Two runners whose arithmetic takes two threads each get in each other's way.
test: export OPENBLAS_NUM_THREADS := 1
test: $(PROJECT) $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Against a real Home Assistant, which is put into the user's cache the first time (about a minute). It needs a
# Python 3.13 beside Butler's own: HOME_ASSISTANT_PYTHON=... names one that is not found.
test-home-assistant: export PYTHONDONTWRITEBYTECODE :=
test-home-assistant: $(PROJECT) $(DEVELOPMENT)
	@$(BIN)/python -m tests.home_assistant.installing >/dev/null || { \
		test $$? -ne 3 || echo "Home Assistant needs a Python 3.13: install one, or name it with HOME_ASSISTANT_PYTHON." >&2; \
		exit 1; }
	$(BIN)/python -m pytest -m real_home_assistant tests/contracts tests/home_assistant

lint: $(PROJECT) $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEVELOPMENT)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What ships and is computed: vectors, calibration, solution, the suite's verdicts. Takes a minute or two.
data: $(PROJECT)
	$(BIN)/python -m engine.data

$(INSTALLED): requirements.lock build.lock
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "Butler needs Python 3.11, 3.12 or 3.13, and there is no '$(PYTHON)': install one, or name it with PYTHON=python3.12." >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "Butler needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1): name another with PYTHON=python3.12." >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Butler needs Python's venv module, which '$(PYTHON)' lacks: install it (on Debian and Ubuntu: apt install python3-venv)." >&2; \
		exit 1; }
	@echo "Installing what Butler needs into $(VENV); this happens once and takes about a minute."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(INSTALL) -r requirements.lock -r build.lock
	@echo "$(CURDIR)" >$(VENV)/made-in
	@echo "$(PYTHON)" >$(VENV)/made-with
	@touch $@

$(PROJECT): pyproject.toml $(INSTALLED)
	@$(PIP) install -qq --no-deps --no-build-isolation --no-index --editable .
	@touch $@

# A package whose files were half written when the installation was interrupted passes for installed, hence the force.
$(DEVELOPMENT): requirements-dev.lock $(INSTALLED)
	@echo "Installing what the tests need into $(VENV)."
	@force=; test ! -e $@-begun || force=--force-reinstall; touch $@-begun; \
		$(INSTALL) $$force -r requirements-dev.lock
	@rm -f $@-begun
	@touch $@

# Pins the newest versions that pyproject.toml allows; needs uv. Nothing in them names a host or a path.
lock:
	$(COMPILE) --upgrade --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --output-file build.lock --constraints requirements.lock --group build
	$(COMPILE) --upgrade --output-file requirements-dev.lock --constraints requirements.lock --constraints build.lock --group dev

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
