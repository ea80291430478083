"""The pictures of the exercises are what the code draws, and each is a picture."""

from xml.etree import ElementTree as ET

import pytest

from scripts.workshop.exercisepictures import FOLDER, PICTURES, picture


@pytest.mark.parametrize("name", PICTURES)
def test_each_shipped_picture_is_what_the_code_draws(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert text == picture(name)
    assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own file


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
