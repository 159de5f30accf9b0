"""Where a scenario's things are looked up: beside it, at its suite's root, then in the package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.scenario import VoiceSpec
from harness.scenario.positions import Text, bad, read_bytes

_PACKAGE = Path(__file__).parent.parent


def shipped(folder: str = "scenarios") -> Path:
    """A folder that comes with the package: in the wheel, or in the checkout beside it."""
    inside = _PACKAGE / "_shipped" / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def told(path: Path) -> str:
    """A path as it's shown and saved: from the working directory on, where it lies below it."""
    whole, here = path.absolute(), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is read from, and what is known by then.

    folder: the scenario's. root: its suite's. language: what its lines are in where they don't say.
    voice: what says them. taken: every further file that was read for it, with its content; the
    scenario's digest covers them.
    """

    folder: Path
    root: Path
    language: str = "en-US"
    voice: VoiceSpec = field(default_factory=VoiceSpec)
    taken: dict[str, bytes] = field(default_factory=dict)

    def file(self, node: Text) -> Path:
        """A file that is named beside the scenario or at the suite's root.

        Raises BadInput, with the nearest name beside the scenario, where there is none.
        """
        for folder in (self.folder, self.root):
            path = folder / node.value
            if _is_file(path):
                return path
        beside = self.folder / Path(node.value).parent
        known = [str(Path(node.value).parent / name) for name in _listed(beside, "")]
        raise bad("no such file beside the scenario", node, known=known)

    def persona(self, node: Text) -> Path:
        """The file of a persona by its name.

        Raises BadInput, with the nearest name, where there is none.
        """
        folders = [place / "personas" for place in (self.folder, self.root, shipped())]
        known: list[str] = []
        for folder in folders:
            names = {name.removesuffix(".yaml"): folder / name for name in _listed(folder, ".yaml")}
            if node.value in names:
                return names[node.value]
            known += names
        raise bad("no such persona", node, known=known)

    def take(self, path: Path) -> bytes:
        """A file's bytes, kept for the digest. Raises BadInput where it can't be read."""
        content = read_bytes(path, told(path))
        self.taken[f"{path.parent.name}/{path.name}"] = content
        return content


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _listed(folder: Path, ending: str) -> Iterator[str]:
    try:
        yield from sorted(path.name for path in folder.iterdir() if path.name.endswith(ending))
    except (OSError, ValueError):
        return
