# make run    set up and open the workbench on http://127.0.0.1:7860
# make test   set up and run the tests (SLOW=1: those marked slow too)
# make test-fast  only those that need no browser and no rooms (unit and wire)
# make livekit  run a LiveKit server on this machine (LIVEKIT_ARGS="--port 7890")
# make classroom  LiveKit server, worker and workbench at once on this machine
# make space  write and check the folder that a Hugging Face Space is made of (dist/space)
# make check  format, lint, types and import rules, of Python and of JavaScript
# make format  format, and fix what ruff can fix
# make benchmarks  print the measured figures
# make pictures  take the pictures that README and docs show
# make accuracy  how right spoken maths is read (public data: ACCURACY_ARGS="--data FOLDER")

SHELL := /bin/sh
.DEFAULT_GOAL := help
SLOW ?= 0
PYTEST_ARGS ?=
TEST_WORKERS ?= $(shell nproc)
ACCURACY_ARGS ?=
LIVEKIT_ARGS ?=
PYTEST_MARKS := $(if $(filter 1,$(SLOW)),,-m "not slow")
# More workers than cores would be faster, and late for what the tests wait for. The tests of a file stay together, files in the order that tests/conftest.py gives them.
PYTEST := .venv/bin/python -m pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_MARKS)

.PHONY: help run test test-fast livekit classroom check format benchmarks pictures accuracy space setup setup-dev setup-fast setup-tests

help:
	@sed -n 's/^# make/make/p' Makefile

run: setup
	@.venv/bin/python app.py

test: setup-tests
	@$(PYTEST) $(PYTEST_ARGS) tests/unit tests/wire tests/cli tests/room tests/browser

test-fast: setup-fast
	@$(PYTEST) $(PYTEST_ARGS) tests/unit tests/wire

livekit: setup
	@.venv/bin/python -m agent livekit $(LIVEKIT_ARGS)

classroom: setup
	@.venv/bin/python classroom.py $(LIVEKIT_ARGS)

check: setup-dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python scripts/wire_types.py --check
	@scripts/ensure-node-modules --tests
	@scripts/with-node node node_modules/eslint/bin/eslint.js --max-warnings 0 workbench/static benchmarks tests/js
	@scripts/with-node node node_modules/typescript/bin/tsc

format: setup-dev
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

benchmarks: setup-tests
	@.venv/bin/python -m benchmarks

space: setup
	@.venv/bin/python scripts/space.py "$$(scripts/ensure-uv)" dist/space

pictures: setup-tests
	@.venv/bin/python -m tests.browser.pictures

accuracy: setup-dev
	@.venv/bin/python -m benchmarks.accuracy $(ACCURACY_ARGS)

setup:
	@uv=$$(scripts/ensure-uv) && "$$uv" sync --quiet --frozen --inexact --no-dev --compile-bytecode
	@scripts/ensure-node-modules

setup-dev:
	@uv=$$(scripts/ensure-uv) && "$$uv" sync --quiet --frozen --compile-bytecode

setup-fast: setup-dev
	@scripts/ensure-debian-package flite flite "the recordings' voices"
	@scripts/ensure-node-modules --tests

setup-tests: setup-fast
	@scripts/ensure-debian-package chromium chromium "the browser tests"
	@scripts/ensure-debian-package libatomic.so.1 libatomic1 "what drives the browser"
	@.venv/bin/python -m agent.service.dev_server_binary >/dev/null
