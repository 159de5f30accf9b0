import numpy as np

from harness.speech import Speech, Word, joined


def part(text: str, language: str, count: int, onset: int, end: int, voice: str = "a voice") -> Speech:
    return Speech(np.full(count, 0.1, np.float32), text, language, (Word(text, onset, end),), onset, end, voice)


def test_one_part_is_the_line_itself() -> None:
    alone = part("hello", "en", 100, 10, 90)
    assert joined([alone], gap=50) is alone


def test_parts_follow_each_other_with_the_gap_between_them() -> None:
    line = joined([part("yes", "en-IN", 100, 10, 90), part("धन्यवाद", "hi", 200, 20, 180)], gap=50)
    assert len(line.samples) == 350
    assert not line.samples[100:150].any()
    assert line.samples[:100].all()
    assert line.samples[150:].all()


def test_words_and_edges_stand_where_their_parts_do() -> None:
    line = joined([part("yes", "en-IN", 100, 10, 90), part("धन्यवाद", "hi", 200, 20, 180)], gap=50)
    assert line.words == (Word("yes", 10, 90), Word("धन्यवाद", 170, 330))
    assert (line.onset, line.end) == (10, 330)


def test_a_line_of_parts_names_every_language_and_voice_once() -> None:
    line = joined(
        [part("yes", "en-IN", 100, 10, 90), part("जी", "hi", 9, 1, 9, "another"), part("bye", "en-IN", 9, 1, 9)]
    )
    assert (line.text, line.language, line.voice) == ("yes जी bye", "en-IN+hi", "a voice+another")


def test_a_part_without_sound_moves_no_edge() -> None:
    nothing = Speech(np.zeros(40, np.float32), "", "en", (), 0, 0, "a voice")
    line = joined([nothing, part("yes", "en", 100, 10, 90), nothing])
    assert (line.onset, line.end, len(line.samples)) == (50, 130, 180)
    silent = joined([nothing, nothing])
    assert (silent.onset, silent.end) == (0, 0)
