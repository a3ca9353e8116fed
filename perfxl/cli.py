"""The command line. Heavy imports live inside the commands: `perfxl --help` answers at once."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any, TypeVar

from perfxl.commands import anonymise, policies, refusal, rollup, summary, templates
from perfxl.commands.options import (
    HELP,
    INTERRUPTED,
    LANGUAGE,
    MISUSED,
    NO_HELP,
    OK,
    UNREAD,
    WRONG,
    Help,
    Jobs,
    Language,
    Ledger,
    OutFolder,
    Paths,
    Policy,
    Vocabulary,
    print_help,
    report_interrupt,
)
from perfxl.errors import PerfxlError, UsageError
from perfxl.version import __version__

# isort: split
import typer
from typer.core import TyperGroup

Handler = TypeVar("Handler", bound=Callable[..., None])


class _Stopped(Exception):
    """Ctrl-C within a command that says nothing of it itself."""


class _Commands(TyperGroup):
    """The commands. Typer ends at Ctrl-C without a word; what it does not see, it leaves to us."""

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        try:
            return super().make_context(*arguments, **more)
        except KeyboardInterrupt:
            raise _Stopped from None

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _Stopped from None


app = typer.Typer(
    cls=_Commands, help=HELP["app"], add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings=NO_HELP, options_metavar=HELP["usage_options"], subcommand_metavar=HELP["usage_command"],
    invoke_without_command=True, suggest_commands=False,
)  # fmt: skip


def _version(asked: bool) -> None:  # typer calls it with the option's value
    if asked:
        typer.echo(f"perfxl {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help=HELP["version"], callback=_version, is_eager=True)
    ] = False,
    lang: Language = LANGUAGE,  # read by _language already, wherever it stands
    usage: Help = False,
) -> None:
    if context.invoked_subcommand is None:
        print_help(context, asked=True)


def _command(name: str) -> Callable[[Handler], Handler]:
    return app.command(
        name, help=HELP[name], context_settings=NO_HELP, options_metavar=HELP["usage_options"]
    )


@_command("audit")
def audit(  # the options of one command
    paths: Paths,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=HELP["out"], metavar="DIR", show_default=False),
    ] = None,
    policy: Policy = None,
    approved: Annotated[
        list[Path],
        typer.Option("--approved", help=HELP["approved"], metavar="FILE|DIR", show_default=False),
    ] = [],  # noqa: B006  # typer copies it
    expected: summary.Expected = None,
    lang: Language = LANGUAGE,
    json: Annotated[
        Path | None,
        typer.Option("--json", help=HELP["json_file"], metavar="FILE", show_default=False),
    ] = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    jobs: Jobs = None,
    ledger: Ledger = None,
    again: Annotated[bool, typer.Option("--again", help=HELP["again"])] = False,
    usage: Help = False,
) -> None:
    """Audit forms and write the marked copies."""
    from perfxl import machine, texts
    from perfxl.files import find, place, unit_list
    from perfxl.jobs.work import Settings, policy_file
    from perfxl.progress import Progress
    from perfxl.runs import approval, batch
    from perfxl.runs import summary_data as season
    from perfxl.screen import Screen

    catalogue = texts.load_texts(lang)
    settings = Settings.of(policy, lang, vocabulary)
    folder = place.folder_for(paths, out)
    found = find.find(paths, folder, policy_file(policy))
    settings.approved = approval.read(approved, settings.vocabulary(), found.sources)
    place.spare_inputs([json], found.sources)
    screen = Screen(catalogue, quiet=str(json) == "-")
    if not found.sources:
        screen.nothing(paths)
        raise typer.Exit(MISUSED)
    listed = unit_list.read_units(expected)
    units = listed.names
    try:
        with (
            batch.open_batch(
                len(found.sources), settings, folder, ledger, jobs, again=again, records=bool(json)
            ) as opened,
            machine.lines(json) as write,
            Progress(len(found.sources), catalogue) as progress,
            closing(opened.run(found.sources)) as outcomes,
        ):
            screen.migrated(opened.ledger)
            for outcome in outcomes:
                progress.one_done()
                if json is not None:
                    outcome, line = machine.with_line(outcome, catalogue)  # noqa: PLW2901
                    write(line)
                screen.add(outcome)
            several = len(found.sources) > 1 or units
            summed_up = season.refresh_summary(
                opened.ledger,
                folder,
                catalogue,
                opened.workers,
                units,
                settings.policies,
                make=bool(several),
            )
    except KeyboardInterrupt:
        screen.stopped()
        raise typer.Exit(INTERRUPTED) from None
    for closed, error in found.closed:
        screen.add_closed(closed, error)
    screen.audited(found, folder)
    screen.units(listed)
    screen.summed_up(summed_up.path, summed_up.error, summed_up.missing)
    if json is not None:
        screen.written([json])
    tally = screen.tally
    if tally.failed or tally.unmarked:
        raise typer.Exit(UNREAD)
    raise typer.Exit(OK if tally.clean == tally.forms else WRONG)


@_command("read")
def read(
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help=HELP["json"])] = False,
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    usage: Help = False,
) -> None:
    """Read forms and show what was read."""
    from perfxl import machine, texts
    from perfxl.files import find
    from perfxl.jobs import work
    from perfxl.jobs.work import Settings
    from perfxl.runs import run
    from perfxl.screen import Screen

    catalogue = texts.load_texts(lang)
    found = find.find(paths)
    screen = Screen(catalogue, quiet=json)
    failed = False
    for result in run.read(found.sources, Settings.of(None, lang, vocabulary)):
        failed = failed or result.error is not None
        try:
            if json:
                print(machine.line(result, catalogue))  # noqa: T201  # the machine output
            else:
                screen.was_read(result)
        except OSError:  # nobody listens any more
            raise
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            failed = True
            lost = work.Result(result.file, error=work.reason_for(error))
            if json:
                print(machine.line(lost, catalogue))  # noqa: T201  # likewise
            else:
                screen.was_read(lost)
    if not found.sources:
        screen.nothing(paths)
        raise typer.Exit(MISUSED)
    raise typer.Exit(UNREAD if failed else OK)


@_command("inspect")
def inspect(  # the options of one command
    paths: Paths,
    html: Annotated[
        Path | None, typer.Option("--html", help=HELP["html"], metavar="FILE", show_default=False)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help=HELP["xlsx"], metavar="FILE", show_default=False)
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help=HELP["explain"], metavar="CELL", show_default=False),
    ] = None,
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    usage: Help = False,
) -> None:
    """Show what was understood of each file, cell by cell."""
    from perfxl import texts
    from perfxl.files import find, place
    from perfxl.grid.document import Document
    from perfxl.jobs import work
    from perfxl.screen import Screen

    catalogue = texts.load_texts(lang)
    found = find.find(paths)
    screen = Screen(catalogue)
    failed = False
    place.spare_inputs([html, xlsx], found.sources)
    several = len(found.sources) > 1

    def show(source: find.Source, result: work.Result, document: Document) -> None:
        pairs = [(form, document.grids[form.sheet_index]) for form in result.forms]
        if explain is not None:
            from perfxl.commands import explaining

            words = work.Settings.of(None, lang, vocabulary).vocabulary()
            screen.lines(explaining.explanation(pairs, explain, words, catalogue))
            return
        for form, grid in pairs:
            screen.inspected(form, grid)
        if html is not None:
            from perfxl.report import page

            own = place.of_its_own(html, source) if several else html
            place.write(own, page.render(source.name, pairs, catalogue).encode())
            screen.written([own])
        if xlsx is not None:
            from perfxl.books import painted

            own = place.of_its_own(xlsx, source) if several else xlsx
            place.write(own, painted.paint(document, result.forms, catalogue))
            screen.written([own])

    for source in found.sources:
        result, document = work.read_file(source, work.Settings.of(None, lang, vocabulary))
        try:
            if document is None:
                screen.was_read(result)
            else:
                show(source, result, document)
        except (UsageError, OSError):  # a place that cannot be written, a cell that is none
            raise
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            document = None
            screen.was_read(work.Result(source.name, error=work.reason_for(error)))
        failed = failed or document is None
    if not found.sources:
        screen.nothing(paths)
        raise typer.Exit(MISUSED)
    raise typer.Exit(UNREAD if failed else OK)


@_command("watch")
def watch(
    inbox: Annotated[Path, typer.Argument(help=HELP["inbox"], metavar="INBOX", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=HELP["out"], metavar="DIR", show_default=False),
    ] = None,
    every: Annotated[
        float, typer.Option("--every", help=HELP["every"], metavar="SECONDS", min=0.1)
    ] = 10.0,
    quiet: Annotated[
        float, typer.Option("--quiet", help=HELP["quiet"], metavar="SECONDS", min=0.0)
    ] = 5.0,
    log: Annotated[
        Path | None, typer.Option("--log", help=HELP["log"], metavar="FILE", show_default=False)
    ] = None,
    policy: Policy = None,
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    jobs: Jobs = None,
    ledger: Ledger = None,
    usage: Help = False,
) -> None:
    """Audit whatever is dropped into a folder, until stopped."""
    from perfxl import texts
    from perfxl.commands import watching
    from perfxl.files import place
    from perfxl.jobs.work import Settings
    from perfxl.runs.watch import Times

    watching.watch(
        inbox, place.folder_for([inbox], out), Settings.of(policy, lang, vocabulary), texts.load_texts(lang),
        Times(every=every, quiet=quiet), log=log, ledger=ledger, jobs=jobs,
    )  # fmt: skip


@_command("history")
def history(
    unit: Annotated[
        str, typer.Argument(help=HELP["unit"], metavar="UNIT", show_default=False)
    ] = "",
    out: OutFolder = None,
    ledger: Ledger = None,
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """List the submissions that the ledger knows."""
    from perfxl import texts
    from perfxl.commands.history import show_history
    from perfxl.screen import Screen

    show_history(Screen(texts.load_texts(lang)), unit, ledger, out)


@_command("changed")
def changed(
    old: Annotated[str, typer.Argument(help=HELP["old"], metavar="OLD", show_default=False)],
    new: Annotated[str, typer.Argument(help=HELP["new"], metavar="NEW", show_default=False)],
    out: OutFolder = None,
    ledger: Ledger = None,
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """Compare two submissions."""
    from perfxl import texts
    from perfxl.commands.history import show_changes
    from perfxl.screen import Screen

    show_changes(Screen(texts.load_texts(lang)), old, new, ledger, out)


@_command("rules")
def rules(lang: Language = LANGUAGE, usage: Help = False) -> None:
    """List the rules."""
    from perfxl import texts
    from perfxl.screen import Screen

    Screen(texts.load_texts(lang)).rules()


templates.register(app)
anonymise.register(app)
policies.register(app)
summary.register(app)
rollup.register(app)


def main() -> None:
    """Run the command line; every error ends as a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A Windows console may speak GBK; a character that it lacks must not stop the run.
            reconfigure(
                encoding="utf-8" if not stream.isatty() else stream.encoding, errors="replace"
            )
    try:
        code = app(standalone_mode=False)
    except PerfxlError as error:
        from perfxl import texts

        code = refusal.report_refusal(texts.load_texts(LANGUAGE).error(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    except (KeyboardInterrupt, _Stopped):
        code = report_interrupt()
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        code = refusal.report_misuse(error) if refusal.is_misuse(error) else refusal.broken(error)
    raise SystemExit(code or OK)


if __name__ == "__main__":
    main()
