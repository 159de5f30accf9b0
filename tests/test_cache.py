import subprocess
import sys
from pathlib import Path

import pytest

from harness.cache import keep, recall, root


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAHNESS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def entries(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_what_was_kept_is_recalled_to_the_byte() -> None:
    keep("voices", "a line", b"\x00\xff sound")
    assert recall("voices", "a line") == b"\x00\xff sound"


def test_nothing_is_a_value_too() -> None:
    keep("words", "silence", b"")
    assert recall("words", "silence") == b""


def test_another_key_or_another_kind_is_another_entry() -> None:
    keep("voices", "a line", b"one")
    assert recall("voices", "a lines") is None
    assert recall("words", "a line") is None


def test_a_key_may_be_any_text() -> None:
    keys = ["", "../../etc/passwd", "जी, धन्यवाद।", "x" * 10_000, "a\x1fb", "\ud800"]
    for number, key in enumerate(keys):
        keep("voices", key, str(number).encode())
    assert [recall("voices", key) for key in keys] == [str(n).encode() for n in range(len(keys))]


def test_a_newer_value_takes_the_older_ones_place(own_cache: Path) -> None:
    keep("voices", "a line", b"older")
    keep("voices", "a line", b"newer")
    assert recall("voices", "a line") == b"newer"
    assert len(entries(own_cache)) == 1


def test_an_entry_cut_short_anywhere_is_absent(own_cache: Path) -> None:
    keep("voices", "a line", b"0123456789")
    (entry,) = entries(own_cache)
    whole = entry.read_bytes()
    for length in range(len(whole)):
        entry.write_bytes(whole[:length])
        assert recall("voices", "a line") is None
    entry.write_bytes(whole)
    assert recall("voices", "a line") == b"0123456789"


def test_an_entry_with_a_wrong_byte_anywhere_is_absent(own_cache: Path) -> None:
    keep("voices", "a line", b"0123456789")
    (entry,) = entries(own_cache)
    whole = entry.read_bytes()
    for place in range(len(whole)):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert recall("voices", "a line") is None


def test_an_absent_entry_can_be_kept_again(own_cache: Path) -> None:
    keep("voices", "a line", b"0123456789")
    (entry,) = entries(own_cache)
    entry.write_bytes(b"")
    keep("voices", "a line", b"0123456789")
    assert recall("voices", "a line") == b"0123456789"


def test_a_cache_that_can_not_be_written_costs_only_time(own_cache: Path) -> None:
    own_cache.write_text("a file where the folder would be")
    keep("voices", "a line", b"sound")
    assert recall("voices", "a line") is None


def test_two_processes_writing_one_entry_leave_it_whole(own_cache: Path) -> None:
    program = (
        "import sys; from harness.cache import keep, recall\n"
        "mine = sys.argv[1].encode() * 100_000\n"
        "for _ in range(100):\n"
        "    keep('voices', 'a line', mine)\n"
        "    if recall('voices', 'a line') not in (b'a' * 100_000, b'b' * 100_000):\n"
        "        sys.exit('a broken entry')\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, name]) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert recall("voices", "a line") in (b"a" * 100_000, b"b" * 100_000)
    assert len(entries(own_cache)) == 1, "nothing half-written is left behind"


def test_the_folder_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAHNESS_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "general"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert root() == tmp_path / "own"
    monkeypatch.delenv("VAHNESS_CACHE")
    assert root() == tmp_path / "general" / "vahness"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert root() == tmp_path / "home" / ".cache" / "vahness"
