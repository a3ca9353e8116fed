"""The sentence that a clause consists of: the form's own note where it prints one, else the official document's.

Words and sentences stand in templates/clauses.toml. Where no wording is at hand, nothing is quoted.
"""

import re
from functools import lru_cache

from perfxl import resources
from perfxl.forms.model import Form
from perfxl.forms.values.text import normalize
from perfxl.rules.findings import Quotation
from perfxl.rules.policies.policy import Policy

LONGEST = 160
"""Of a longer sentence no more characters are quoted."""
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_NUMBER = re.compile(
    r"(?:\s|[:：]|[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十])[)）]|(?:[0-9]{1,2}|[一二三四五六七八九十])[、.．])+"
)

Notes = tuple[str, ...]


def quote_clause(form: Form, policy: Policy, subject: str) -> Quotation:
    """The sentence that a subject's findings rest on.

    Args:
        form: its printed notes come first; which of them speaks of the subject shows in what it says.
        policy: whose document is quoted where the form prints nothing of it.
        subject: budget, weights, quantitative, …
    """
    notes = tuple(note.text for note in form.notes)
    return _quotation(notes, policy.source, policy.clause(subject), subject)


@lru_cache(maxsize=256)
def _quotation(notes: Notes, source: str, clause: str, subject: str) -> Quotation:
    official = _official(source, clause, subject)
    printed = _printed(notes, tuple(resources.words("clauses")["signs"].get(subject, ())))
    if not printed:
        return official
    gist = official.gist or str(resources.words("clauses")["gists"].get(subject, ""))
    return Quotation(printed, True, gist)


def _official(source: str, clause: str, subject: str) -> Quotation:
    for entry in resources.words("clauses")["official"]:
        if (entry["source"], entry["clause"], entry["subject"]) == (source, clause, subject):
            return Quotation(entry["text"].rstrip("。"), False, entry["gist"])
    return Quotation()


def _printed(notes: Notes, signs: tuple[str, ...]) -> str:
    """The sentence of the notes that holds most of a subject's signs, "" where none holds any."""
    folded = [_folded(sign) for sign in signs]
    best, most = "", 0
    for note in notes:
        for sentence in _SENTENCE.findall(note):
            text = _folded(sentence)
            count = sum(sign in text for sign in folded)
            if count > most:
                best, most = sentence, count
    bare = _without_number(best).strip().rstrip("。；;")
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST]}…"


def _without_number(text: str) -> str:
    """A sentence without what counts it: 备注：2.定量指标… → 定量指标…."""
    before = resources.words("clauses")["before"]
    while True:
        bare = text.lstrip()
        found = _NUMBER.match(bare)
        bare = bare[found.end() :] if found else bare
        bare = next((bare.removeprefix(word) for word in before if bare.startswith(word)), bare)
        if bare == text:
            return bare
        text = bare


def _folded(text: str) -> str:
    return normalize(text).replace("×", "*")
