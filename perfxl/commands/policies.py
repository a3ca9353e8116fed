"""The commands of policies: `perfxl policies`, and `perfxl policy new` for one kept in a workbook."""

from pathlib import Path
from typing import Annotated, Any

import typer

from perfxl.exits import OK
from perfxl.face.face import Face


def policies(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="policies_name", metavar="POLICY")] = "",
) -> int:
    """List the policies, or explain one."""
    from perfxl import resources
    from perfxl.jobs import work  # noqa: F401  # knows how policy workbooks are read
    from perfxl.rules.policies import policy
    from perfxl.screens.policies import explain_policy, list_policies

    face: Face = context.obj
    screen, own = face.screen(), resources.own_policies()
    if not name:
        list_policies(screen, policy.editions(own))
    for one in _find_editions(name, own) if name else ():
        explain_policy(screen, one)
    return OK


def _find_editions(name: str, own: Path | None) -> list[Any]:
    """Every edition of a policy, or the one that a file holds."""
    from perfxl.jobs.work import asked_policy
    from perfxl.rules.policies import policy

    found = asked_policy(name, own)
    if isinstance(found, policy.Policy):
        return [found]
    return [one for one in policy.editions(own) if one.id == found]


def policy_new(
    context: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", help="policy_new_out", metavar="FILE")],
    base: Annotated[
        str, typer.Option("--from", help="policy_new_from", metavar="POLICY")
    ] = "ministry",
) -> int:
    """Write a policy workbook."""
    from perfxl import resources
    from perfxl.books.policy import write
    from perfxl.errors import UsageError
    from perfxl.files import place

    face: Face = context.obj
    if out.suffix.casefold() != ".xlsx":
        raise UsageError("policy-not-xlsx", path=str(out))
    place.refuse_overwrite_existing(out)
    found = _find_editions(base, resources.own_policies())[0]
    # A name of its own: results must not say that they follow the policy it began with.
    name = "".join(out.stem.split()) or found.id
    place.write(out, write.write(found, face.texts, name))
    screen = face.screen()
    screen.written([out])
    screen.say("policy_written", file=out.name)
    return OK
