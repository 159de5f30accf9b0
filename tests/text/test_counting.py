import pytest

from harness.text.counting import counted


@pytest.mark.parametrize(("number", "words"), [(0, "0 calls"), (1, "1 call"), (2, "2 calls")])
def test_one_of_something_is_singular(number: int, words: str) -> None:
    assert counted(number, "call") == words
