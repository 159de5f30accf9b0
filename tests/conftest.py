import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# What lands is judged by the same examples each time; `pytest --hypothesis-profile soak` looks for new ones.
settings.register_profile("same", deadline=None, max_examples=150, derandomize=True, database=None)
settings.register_profile("soak", deadline=None, max_examples=4000)
settings.load_profile("same")


@pytest.fixture(autouse=True, scope="session")
def kept_speech(request: pytest.FixtureRequest) -> Iterator[Path]:
    """What is said and heard in tests is kept among them, for all their processes, until pytest --cache-clear."""
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("speech")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAHNESS_CACHE", str(folder))
        yield folder


def pytest_collection_finish() -> None:
    """Modules and collected tests stay to the end: the garbage collector need not look at them again and again."""
    _settled()


def pytest_sessionfinish() -> None:
    """What outlasts the tests is looked through once, for what nobody closed, and not once more for each way to end."""
    _settled()


def _settled() -> None:
    gc.collect()
    gc.freeze()
