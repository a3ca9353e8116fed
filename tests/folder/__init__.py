"""Tests of runs over many files: workers, the ledger, watching, and the faults they survive."""
