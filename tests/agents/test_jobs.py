from collections.abc import Callable

from harness.agents._jobs import Jobs


def collecting(into: list[tuple[int, str]]) -> Callable[[int, str], None]:
    return lambda ready, result: into.append((ready, result))


def test_a_result_appears_at_its_start_plus_its_charge_and_not_before() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"stt": 4000})
    jobs.submit("stt", 320, lambda: "words", collecting(done))
    jobs.run(before=4320)
    assert done == []
    jobs.run(before=4321)
    assert done == [(4320, "words")]


def test_a_worker_does_one_job_after_another() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"tts": 1000})
    for text in ("one", "two", "three"):
        jobs.submit("tts", 500, lambda text=text: text, collecting(done))  # type: ignore[misc]
    jobs.run(before=10_000)
    assert done == [(1500, "one"), (2500, "two"), (3500, "three")]


def test_workers_do_not_wait_for_each_other_and_results_come_in_the_order_of_their_instants() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"stt": 4000, "tts": 1000})
    jobs.submit("stt", 0, lambda: "slow", collecting(done))
    jobs.submit("tts", 0, lambda: "quick", collecting(done))
    jobs.run(before=10_000)
    assert done == [(1000, "quick"), (4000, "slow")]


def test_cancelling_stops_the_charge_and_frees_the_worker() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"think": 5000})
    given_up = jobs.submit("think", 0, lambda: "never", collecting(done))
    jobs.submit("think", 0, lambda: "next", collecting(done))
    jobs.cancel(given_up, at=2000)
    jobs.run(before=10_000)
    assert done == [(7000, "next")]


def test_a_job_that_had_not_begun_costs_nothing_when_it_is_cancelled() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"think": 5000})
    jobs.submit("think", 0, lambda: "first", collecting(done))
    waiting = jobs.submit("think", 0, lambda: "second", collecting(done))
    jobs.submit("think", 0, lambda: "third", collecting(done))
    jobs.cancel(waiting, at=1000)
    jobs.run(before=20_000)
    assert done == [(5000, "first"), (10_000, "third")]


def test_cancelling_what_is_done_changes_nothing() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"stt": 100})
    job = jobs.submit("stt", 0, lambda: "words", collecting(done))
    jobs.run(before=200)
    jobs.cancel(job, at=150)
    jobs.submit("stt", 300, lambda: "more", collecting(done))
    jobs.run(before=1000)
    assert done == [(100, "words"), (400, "more")]


def test_what_a_result_leads_to_is_delivered_too_where_it_is_due() -> None:
    done: list[tuple[int, str]] = []
    jobs = Jobs({"stt": 100, "think": 200})

    def think(ready: int, words: str) -> None:
        jobs.submit("think", ready, lambda: f"answer to {words}", collecting(done))

    jobs.submit("stt", 0, lambda: "words", think)
    jobs.run(before=301)
    assert done == [(300, "answer to words")]


def test_measured_charge_adds_what_the_work_really_took() -> None:
    done: list[tuple[int, str]] = []
    ticks = iter((10.0, 10.5))
    jobs = Jobs({"stt": 100}, clock=lambda: next(ticks))
    jobs.submit("stt", 0, lambda: "words", collecting(done))
    jobs.run(before=100_000)
    assert done == [(100 + 8000, "words")]
