"""Many files: intake, ledger, child processes and the nightly run."""
