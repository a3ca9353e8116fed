"""Command lines run in this process, in either language, one after the other: nothing of one stays for the next."""

import gettext
import io
import logging
import signal
import sys

import pytest

from perfxl import resources
from perfxl.commands.app import make_app, run
from perfxl.exits import INTERRUPTED, MISUSED, OK, WRONG
from perfxl.face.face import pick_language
from perfxl.runs import batch
from perfxl.runs.watch import Watch
from tests.conftest import CONSISTENT, REFERENCE
from tests.face.run import records

CHINESE = range(0x4E00, 0xA000)


@pytest.fixture(autouse=True)
def _own_language(monkeypatch):
    monkeypatch.delenv("PERFXL_LANG", raising=False)


def ran(*arguments):
    """(exit code, results, errors) of a command line on streams of its own."""
    out, errors = io.StringIO(), io.StringIO()
    code = run([str(one) for one in arguments], out, errors)
    return code, out.getvalue(), errors.getvalue()


def is_chinese(text: str) -> bool:
    return any(ord(sign) in CHINESE for sign in text)


def test_one_audit_in_chinese_and_one_in_english_and_one_in_chinese_again(tmp_path, capfd):
    code, chinese, _ = ran("audit", REFERENCE, "-o", tmp_path / "甲")
    _, english, _ = ran("audit", REFERENCE, "-o", tmp_path / "b", "--lang", "en")
    _, again, _ = ran("audit", REFERENCE, "-o", tmp_path / "甲")

    assert code == WRONG
    assert "存在错误" in chinese
    assert "has errors" in english
    assert "存在错误" not in english
    assert "存在错误" in again
    assert capfd.readouterr() == ("", "")  # everything went to the streams that were given


def test_a_form_without_fault_ends_in_0(tmp_path):
    assert ran("audit", CONSISTENT, "-o", tmp_path)[0] == OK


def test_the_machine_output_goes_to_the_stream_and_nothing_else_does(tmp_path):
    _, out, _ = ran("audit", REFERENCE, "-o", tmp_path, "--json", "-")

    assert [line["file"] for line in records(out)] == [REFERENCE.name]


def commands(app, *names):
    for name, command in getattr(app, "commands", {}).items():
        yield (*names, name)
        yield from commands(command, *names, name)


@pytest.mark.parametrize("command", [(), *commands(make_app("zh"))], ids="-".join)
def test_help_is_of_one_language(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, chinese, _ = ran(*command, "--help")
    english = ran(*command, "--help", "--lang", "en")[1]

    assert code == OK
    assert chinese.startswith("用法：perfxl")
    assert english.startswith("Usage: perfxl")
    for typers in ("<", "Usage", "OPTIONS", "Options", "required", "default", "PATH", "TEXT"):
        assert typers not in chinese
    for words in ("用法", "选项", "参数", "必填", "默认", "（"):
        assert words not in english


@pytest.mark.parametrize(
    "wrong",
    [
        ("adit",), ("audit",), ("audit", "--nonsense", "x"), ("audit", "x", "--jobs", "很多"), ("audit", "x", "--jobs", "0"),
        ("watch", "x", "--every", "0"), ("template", "neu"), ("template", "new", "x"), ("history", "a", "b"),
        ("changed", "a"), ("audit", "x", "--policy"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_call_is_told_in_one_language(wrong):
    code, out, chinese = ran("--lang", "zh", *wrong)
    english = ran("--lang", "en", *wrong)[2].replace("很多", "")

    assert (code, out) == (MISUSED, "")
    assert is_chinese(chinese)
    assert not is_chinese(english)
    assert "，" not in english
    assert english.startswith("Error: ")


def test_a_language_that_there_is_not_is_refused_wherever_it_stands():
    for arguments in (("--lang", "fr", "rules"), ("rules", "--lang=fr"), ("rules", "--lang", "fr")):
        code, out, errors = ran(*arguments)
        assert (code, out) == (MISUSED, "")
        assert "fr" in errors


def test_the_language_is_the_last_one_asked_for(monkeypatch):
    assert pick_language(["--lang", "en", "audit", "--lang=zh"]) == "zh"
    assert pick_language(["audit", "--", "--lang", "en"]) == "zh"
    assert pick_language(["audit", "--lang"]) == "zh"
    monkeypatch.setenv("PERFXL_LANG", "en")
    assert pick_language([]) == "en"


def test_the_words_of_a_language_are_not_those_of_another_app():
    chinese, english = make_app("zh"), make_app("en")
    again = make_app("zh")

    assert chinese.commands["audit"].help == again.commands["audit"].help
    assert chinese.commands["audit"].help == resources.texts("zh")["help"]["audit"]
    assert english.commands["audit"].help == resources.texts("en")["help"]["audit"]


def test_nothing_of_the_process_is_patched():
    before = gettext.gettext, sys.stdout, sys.stderr

    ran("rules", "--lang", "en")

    assert (gettext.gettext, sys.stdout, sys.stderr) == before


def test_a_run_that_is_stopped_says_what_is_done(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch.Batch, "run", stopped)
    code, _, errors = ran("audit", REFERENCE, "-o", tmp_path)

    assert code == INTERRUPTED
    assert "已完成 0 个文件" in errors


def test_a_watch_leaves_nothing_behind(tmp_path, monkeypatch):
    before = signal.getsignal(signal.SIGTERM), logging.raiseExceptions
    inbox = tmp_path / "收到"
    inbox.mkdir()
    monkeypatch.setattr(Watch, "run", lambda watch: watch.stop())

    for language, words in (("zh", ("开始监看", "监看结束")), ("en", ("watching", "no longer"))):
        code, out, _ = ran("watch", inbox, "-o", tmp_path / "结果", "--lang", language)
        assert code == OK
        assert len(out.splitlines()) == 2
        for line, word in zip(out.splitlines(), words, strict=True):
            assert word in line.casefold()
    assert (signal.getsignal(signal.SIGTERM), logging.raiseExceptions) == before
    assert not logging.getLogger("perfxl.watch").handlers
