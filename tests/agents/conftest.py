from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is said and heard here is kept among the tests of agents, and nowhere else."""
    folder = tmp_path_factory.mktemp("agents-cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAHNESS_CACHE", str(folder))
        yield folder
