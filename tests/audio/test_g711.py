"""µ-law and A-law against the standard's segment search, written out sample by sample."""

import numpy as np
import pytest

from harness.audio.g711 import alaw_decode, alaw_encode, mulaw_decode, mulaw_encode, through

EVERY_SAMPLE = np.arange(-32768, 32768).astype(np.int16)
EVERY_CODE = np.arange(256).astype(np.uint8)


def mulaw_by_search(sample: int) -> int:
    """G.711's µ-law: the biased 14-bit magnitude's leading one gives the segment, the next four bits the step."""
    size = min((-sample - 1 if sample < 0 else sample) >> 2, 0x1FFF - 33) + 33
    segment = 0
    while size >> (segment + 6):
        segment += 1
    step = (size >> (segment + 1)) & 0x0F
    sign = 0x00 if sample < 0 else 0x80
    return sign | (0x7F - (segment << 4 | step))


def alaw_by_search(sample: int) -> int:
    """G.711's A-law: the 12-bit magnitude's leading one gives the segment, the next four bits the step."""
    size = (-sample - 1 if sample < 0 else sample) >> 4
    segment = 0
    if size > 15:
        segment = 1
        while size > 31:
            size >>= 1
            segment += 1
    code = segment << 4 | (size & 0x0F)
    return (code | (0x00 if sample < 0 else 0x80)) ^ 0x55


def mulaw_level(code: int) -> int:
    """The level a µ-law byte stands for."""
    code = ~code & 0xFF
    size = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return -size if code & 0x80 else size


def alaw_level(code: int) -> int:
    """The level an A-law byte stands for."""
    code ^= 0x55
    segment, size = (code & 0x70) >> 4, (code & 0x0F) << 4
    size = size + 8 if segment == 0 else (size + 0x108) << (segment - 1)
    return size if code & 0x80 else -size


def test_all_65536_samples_encode_to_mulaw_as_the_standard_has_it() -> None:
    assert mulaw_encode(EVERY_SAMPLE).tolist() == [mulaw_by_search(int(x)) for x in EVERY_SAMPLE]


def test_all_65536_samples_encode_to_alaw_as_the_standard_has_it() -> None:
    assert alaw_encode(EVERY_SAMPLE).tolist() == [alaw_by_search(int(x)) for x in EVERY_SAMPLE]


def test_all_256_bytes_decode_to_the_standards_levels() -> None:
    assert mulaw_decode(EVERY_CODE).tolist() == [mulaw_level(int(c)) for c in EVERY_CODE]
    assert alaw_decode(EVERY_CODE).tolist() == [alaw_level(int(c)) for c in EVERY_CODE]


@pytest.mark.parametrize(
    ("sample", "mulaw", "alaw"),
    [(0, 0xFF, 0xD5), (-1, 0x7F, 0x55), (32767, 0x80, 0xAA), (-32768, 0x00, 0x2A), (1000, 0xCE, 0xFA)],
)
def test_known_samples_have_the_bytes_that_the_tables_print(sample: int, mulaw: int, alaw: int) -> None:
    one = np.array([sample], np.int16)
    assert (int(mulaw_encode(one)[0]), int(alaw_encode(one)[0])) == (mulaw, alaw)


def test_a_level_comes_back_as_itself() -> None:
    for encode, decode in ((mulaw_encode, mulaw_decode), (alaw_encode, alaw_decode)):
        levels = decode(EVERY_CODE)
        assert np.array_equal(decode(encode(levels)), levels)


def test_the_table_through_a_law_is_encoding_and_decoding() -> None:
    assert np.array_equal(through("mulaw")[EVERY_SAMPLE.view(np.uint16)], mulaw_decode(mulaw_encode(EVERY_SAMPLE)))
    assert np.array_equal(through("alaw")[EVERY_SAMPLE.view(np.uint16)], alaw_decode(alaw_encode(EVERY_SAMPLE)))


def test_the_shape_of_what_is_coded_is_kept() -> None:
    two_tracks = EVERY_SAMPLE[:640].reshape(2, 320)
    assert mulaw_encode(two_tracks).shape == (2, 320)
    assert alaw_decode(alaw_encode(two_tracks)).shape == (2, 320)
