from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What voices say here is kept among these tests, and nowhere else."""
    folder = tmp_path_factory.mktemp("listening-cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAHNESS_CACHE", str(folder))
        yield folder
