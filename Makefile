# Every command a user needs; each sets up what it leans on. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
DEMO_DIR ?= demo
LIMIT ?= 100
DATA ?= $(or $(TIKTOK_DATA_DIR),.)
export FROM INTO SSH
EXPORT ?= $(DATA)/export.sqlite

.PHONY: help setup demo report export notebooks test check thorough bench torture truth pins cron uncron timer untimer pull clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10

setup: .venv/ready browser ## the virtual environment in .venv, the browser, the driver

.PHONY: anew
anew:
	@echo "The environment in .venv was made elsewhere, or its Python is gone: it is made anew."
	@$(PYTHON) -m venv --clear .venv

.venv/ready: requirements.txt requirements-dev.txt $(shell sh tools/environment.sh)
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements-dev.txt)"
	@# pip is slower, and heeds settings of the machine (proxies, certificates) that uv does not know
	@$(BIN)/uv pip sync --quiet requirements-dev.txt || $(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@
	@echo "Ready: .venv. Next: make demo"
	@command -v Xvfb >/dev/null || sh tools/display.sh

.PHONY: browser
browser:
	@sh tools/browser.sh

demo: setup ## serve the replica, crawl 100 TikToks at pace 0 into demo/, print a summary
	@$(BIN)/python -m replica.demo --into "$(DEMO_DIR)" --limit $(LIMIT)

report: setup ## the report of your data as report.html beside them (DATA=folder)
	@$(BIN)/python -m analysis report "$(DATA)" -o "$(DATA)/report.html"

export: setup ## your data as tables for SQL, export.sqlite beside them (DATA=folder, EXPORT=file.csv or .parquet)
	@$(BIN)/python -m analysis export "$(DATA)" -o "$(EXPORT)"

notebooks: setup ## Jupyter on the notebooks and your data (DATA=folder)
	@$(BIN)/python -m analysis notebooks "$(DATA)"

test: setup ## every check and test
	@sh tools/test_tools.sh
	@PATH="$$PWD/$(BIN):$$PATH" sh tools/checks.sh

check: .venv/ready ## what of make test needs no browser, in a few minutes
	@PATH="$$PWD/$(BIN):$$PATH" sh tools/checks.sh -m "not browser and not firefox and not system"

thorough: setup ## the tests that make test leaves out, because others show the same with other values
	@PATH="$$PWD/$(BIN):$$PATH" pytest -n 3 --dist loadscope --no-loadscope-reorder --thorough

.venv/bench: .venv/ready requirements-bench.txt
	@$(BIN)/uv pip install --quiet -r requirements-bench.txt || $(BIN)/python -m pip install --quiet -r requirements-bench.txt
	@touch $@

bench: setup .venv/bench ## the crawl and the analysis beside other ways to the same, and beside their floors: tables
	@$(BIN)/python -m benchmarks.crawl; crawled=$$?; $(BIN)/python -m benchmarks.answers && exit $$crawled

torture: setup ## kill writers and whole crawls at thousands of random moments, and count what is lost: none, in under an hour
	@$(BIN)/python -m benchmarks.torture

truth: setup ## the analysis against what simulated worlds planted, 20 of each kind
	@$(BIN)/python -m benchmarks.analysis
	@$(BIN)/python -m benchmarks.analysis.bounds --seeds 20
	@$(BIN)/python -m benchmarks.analysis.coverage

cron: setup ## crawl every hour, by your own crontab
	@$(BIN)/python -m tools.hourly add

uncron: ## stop crawling every hour
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m tools.hourly remove; else $(PYTHON) -m tools.hourly remove; fi

pull: .venv/ready ## copy home what is new where a crawl writes (FROM=user@host:folder, INTO=folder)
	@$(BIN)/python -m tiktok_scraper.pull -o "$$INTO" -- "$$FROM"

PIN := $(BIN)/uv pip compile --quiet --python-version
pins: .venv/ready ## compile requirements*.txt anew from pyproject.toml
	$(PIN) 3.11 --upgrade --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.txt
	$(PIN) 3.11 --upgrade --no-emit-index-url --no-annotate --no-header -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt
	$(PIN) 3.11 --upgrade --no-emit-index-url --no-annotate --no-header -c requirements-dev.txt --group bench -o requirements-bench.txt
	for version in 3.12 3.13 3.14; do \
	  $(PIN) $$version --only-binary :all: --no-emit-index-url pyproject.toml --group dev -o /dev/null || exit 1; \
	done

timer: setup ## crawl every hour, by a timer of your own systemd
	@$(BIN)/python -m tools.hourly timer

untimer: ## take that timer out again
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m tools.hourly untimer; else $(PYTHON) -m tools.hourly untimer; fi

clean: ## remove the virtual environment, the demo's data and all caches
	@sh tools/clean.sh
