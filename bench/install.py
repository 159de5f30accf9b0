"""How large the core installation is: what `pip install vahness` puts into a fresh environment."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.section import Section, at_most


def _megabytes(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) / 1e6


def measure() -> Section:
    """A fresh venv before and after; the environment's own pip isn't ours."""
    project = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as scratch:
        venv = Path(scratch) / "venv"
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        before = _megabytes(venv)
        subprocess.run([str(venv / "bin/pip"), "install", "--quiet", str(project)], check=True)
        after = _megabytes(venv)
        listed = subprocess.run(
            [str(venv / "bin/vahness"), "list", "scenarios"], cwd=scratch, capture_output=True, text=True
        )
        shipped = "yes" if listed.returncode == 0 and "smoke" in listed.stdout else "no"
    figures = [at_most("core install, compiled files included", after - before, 500, "MB")]
    return Section("Install", figures, f"Scenarios are in the wheel: {shipped}. A bare environment is {before:.0f} MB.")
