# make demo    audit the forms of samples/ into demo/, and three examples more: roll-up, approved targets, resubmission
# make test    lint, types and tests; all of them, the long ones too, with TESTS='long or not long'
# make bench   time perfxl against openpyxl on the same files
# make bench-batch  time whole folders with one process and with two, some minutes
# make coverage  count the lines and branches that the quick tests reach, and hold the floor
# make fuzz    mutate the samples for MINUTES=60 and check what becomes of them
# make siege   kill runs at a hundred random moments; audit 5,000 good forms beside 200 hostile files, and alone
# make clean   take away what the other three have made
#
# Needs Python 3.11 or newer; everything else is installed into .venv/. The lines for Windows stand in
# README.md and CONTRIBUTING.md.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
WORKERS ?= auto
TESTS ?= not long
MINUTES ?= 60
SEED ?= 1
GOOD ?= 5000
HOSTILE ?= 200

.PHONY: demo test coverage bench bench-batch fuzz siege clean

# pip knows dependency groups from 25.1 on.
$(VENV)/bin/activate:
	@$(PYTHON) -c 'import sys; sys.exit("perfxl needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo '建立独立的 Python 环境 $(VENV)…  Making a Python environment of its own, $(VENV) ...'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --upgrade 'pip>=25.1'

$(VENV)/.perfxl: $(VENV)/bin/activate pyproject.toml constraints.txt
	@echo '下载并安装 perfxl 所需的组件（约 250 MB，要几分钟）…  Fetching and installing what perfxl needs (some 250 MB, a few minutes) ...'
	@$(PIP) install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.perfxl-dev: $(VENV)/bin/activate pyproject.toml constraints.txt
	@echo '下载并安装 perfxl 及开发所需的组件（要几分钟）…  Fetching and installing what perfxl and its tests need (a few minutes) ...'
	@$(PIP) install --quiet -c constraints.txt -e . --group dev
	@touch $@

# perfxl ends with 1 where it found discrepancies, and the samples are full of them; with 3 where one
# could not be read, as format-doc.doc without LibreOffice.
demo: $(VENV)/.perfxl
	@echo '审核 samples/ 中的示例，结果写入 demo/…  Auditing the forms of samples/ into demo/ ...'
	@$(BIN)/perfxl audit samples -o demo --json demo/audit.jsonl || case $$? in 1|3) ;; *) exit 1 ;; esac
	@test -s demo/audit.jsonl
	@$(BIN)/perfxl rollup examples/汇总 --project 农村公路养护 -o demo/汇总示例/各单位汇总.xlsx > /dev/null
	@$(BIN)/perfxl audit examples/批复核对/自评 --approved examples/批复核对/批复 -o demo/批复核对 > /dev/null || test $$? = 1
	@$(BIN)/perfxl audit examples/重新报送/第一次 -o demo/重新报送 > /dev/null || test $$? = 1
	@$(BIN)/perfxl audit examples/重新报送/第二次 -o demo/重新报送 > /dev/null || test $$? = 1
	@echo
	@echo '请用 Excel、WPS 或 LibreOffice 打开 demo/汇总.xlsx（全部表格一览）和 demo/01-参考表-审核.xlsx（一份标注好的副本）；机器可读的结果在 demo/audit.jsonl。'
	@echo 'Open demo/汇总.xlsx (every form on one list) and demo/01-参考表-审核.xlsx (a marked copy); the results for machines are in demo/audit.jsonl.'
	@echo
	@echo '另有三个示例，原表在 examples/：  Three more examples, from the forms in examples/:'
	@echo '  汇总      五个单位合成一张表，见 demo/汇总示例/各单位汇总.xlsx  Five units rolled up into one form'
	@echo '  批复核对  放宽的目标值、缺少的指标，见 demo/批复核对/清河县公路站-审核.xlsx  Compared with approved targets'
	@echo '  重新报送  两次报送的副本在 demo/重新报送/，第二次改动的内容：  A resubmission, and what it changed:'
	@$(BIN)/perfxl changed examples/重新报送/第一次/云湖区图书馆.xlsx examples/重新报送/第二次/云湖区图书馆.xlsx -o demo/重新报送

test: $(VENV)/.perfxl-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) -m '$(TESTS)'

# Half as long again as the tests alone, and so no part of the gate. The floor only rises. A traced program
# cannot be interrupted from outside (CPython 3.11 spins), so what limits it is not tried.
coverage: $(VENV)/.perfxl-dev
	$(BIN)/pytest -n $(WORKERS) --cov --ignore tests/hostile
	@reached=$$($(BIN)/coverage report --format=total); floor=$$(sed -n 's/^fail_under = //p' pyproject.toml); \
	test "$$reached" -le $$((floor + 2)) || { echo "Coverage is $$reached %: please raise fail_under in pyproject.toml from $$floor to $$reached."; exit 1; }

bench-batch: $(VENV)/.perfxl-dev
	$(BIN)/python benchmarks/batch.py

bench: $(VENV)/.perfxl-dev
	$(BIN)/python benchmarks/bench.py

fuzz: $(VENV)/.perfxl-dev
	$(BIN)/python -m tests.hostile.fuzz --minutes $(MINUTES) --seed $(SEED)

siege: $(VENV)/.perfxl-dev
	PERFXL_KILLS=50 $(BIN)/pytest -m long tests/folder/test_faults.py
	$(BIN)/python -m tests.hostile.siege $$(mktemp -d) --good $(GOOD) --hostile $(HOSTILE)

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
