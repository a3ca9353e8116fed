"""What is installed beside perfxl leaves the interpreter whole."""

import subprocess
import sys

from tests.conftest import ROOT

# quicktions 1.24 writes the digit of a text of one character into the interpreter's own b"\0":
# Fraction("5") makes bytes([0]) == b"5" for the rest of the process, and every file written after
# that is wrong. In a process of its own, for it cannot be mended.
_SCRIPT = """
import sys, tempfile
import perfxl
with tempfile.TemporaryDirectory() as folder:
    results = perfxl.audit("samples", out=folder)
missing = [str(result.error or result.no_copy) for result in results if not result.copy]
assert all(reason.startswith("needs-libreoffice") for reason in missing), missing
broken = [number for number in range(256) if bytes([number])[0] != number]
broken += [number for number in range(256) if ord(chr(number)) != number]
sys.exit(f"changed: {broken}" if broken else 0)
"""


def test_an_audit_leaves_the_interpreters_own_bytes_alone():
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stderr, done.returncode) == ("", 0)
