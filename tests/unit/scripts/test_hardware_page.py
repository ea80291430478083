"""hardware.md: what it says of prices, lengths, pins and commands is what the code says."""

import re
import shlex
from collections.abc import Iterator

import pytest

from calibration import Calibration
from scripts.workshop import measures as mm
from scripts.workshop.bill import Price, read_bill
from scripts.workshop.gallery import wirings
from scripts.workshop.tables import PAGE, all_tables, page_with_tables, page_without_tables
from tests.architecture.route import ROOT
from trainer.app.calfile import read_calibration
from trainer.cli.main import build_parser
from trainer.core.pad import PadSettings
from trainer.core.pinplan import make_plan, read_table
from trainer.core.settings import parse_settings
from trainer.wire import footwire

_TEXT = PAGE.read_text("utf-8")
_PROSE = page_without_tables(_TEXT)
_FULL_SCALE = 0x7FFFFF
_STEPS_MM = {1.0}
"""Lengths that are no measure of a part: how level the plates are."""


def _commands() -> Iterator[str]:
    for code in re.findall(r"`([^`]+)`", _TEXT.replace("```", "")):
        for line in " ".join(code.split()).split(" && "):
            if line.startswith("footspring "):
                yield line


def _block(start: str) -> str:
    """Return the block of TOML that begins with this line."""
    found = re.search(rf"```toml\n({re.escape(start)}.*?)```", _TEXT, re.DOTALL)
    assert found is not None, start
    return found[1]


def test_the_tables_are_what_the_code_says() -> None:
    assert page_with_tables(_TEXT) == _TEXT, "run `make drawings`"
    assert set(re.findall(r"<!-- table: (\S+) -->", _TEXT)) == set(all_tables())


def test_a_stale_table_is_noticed_and_written_anew() -> None:
    stale = _TEXT.replace("| 185 |", "| 186 |")
    assert stale != _TEXT
    assert page_with_tables(stale) == _TEXT


def test_every_length_in_the_text_is_one_of_the_drawings() -> None:
    told = {float(number) for number in re.findall(r"(\d+(?:\.\d+)?) mm\b", _PROSE)}
    assert len(told) > 15, "the pattern fits no more"
    assert told - mm.lengths_mm() - _STEPS_MM == set()


def test_every_size_in_the_text_is_one_of_the_drawings() -> None:
    told = re.findall(r"(\d+) × (\d+)", _PROSE)
    assert told
    for pair in told:
        assert {float(size) for size in pair} <= mm.lengths_mm(), pair


def test_every_price_stands_in_the_table_and_nowhere_else() -> None:
    assert re.findall(r"\$ ?\d|\d+ (?:USD|dollars|euro)", _PROSE) == []
    assert "**Sum, USD, estimated**" in _TEXT


def test_every_pin_in_the_text_is_free_or_in_a_table() -> None:
    pins = {pin.name for wiring in wirings() for pin in wiring.pins()}
    assert set(re.findall(r"GPIO\d+", _PROSE)) <= pins


def test_every_command_on_the_page_can_be_given() -> None:
    commands = list(_commands())
    assert len(commands) > 5, "the pattern fits no more"
    parser = build_parser()
    for command in commands:
        try:
            parser.parse_args(shlex.split(command)[1:])
        except SystemExit:
            pytest.fail(f"{command} is refused")


def test_every_option_and_source_that_stands_alone_exists() -> None:
    helps = (ROOT / "trainer/cli").glob("*.py")
    code = "".join(path.read_text("utf-8") for path in helps)
    options = re.findall(r"`(--[a-z-]+)", _TEXT)
    assert options
    assert [option for option in options if f'"{option}"' not in code] == []
    assert set(re.findall(r"--source ([a-z]+)", _TEXT)) <= {"ble", "pins", "sim"}


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", _TEXT):
        assert (ROOT / target).exists(), target
    headings = re.findall(r"^#+ (.+)$", _TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", h.lower()).replace(" ", "-") for h in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", _TEXT)) <= anchors


def test_the_calibration_on_the_page_can_be_read(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("page") / "calibration.toml"
    path.write_text(_block("label"), "utf-8")
    assert isinstance(read_calibration(path), Calibration)


def test_the_calibration_starts_where_the_data_sheets_say() -> None:
    # HX711 at gain 128: half the supply over 128 is full scale; the bar: 2 mV per volt at 50 kg.
    bar_n, bar_v_per_v = 50 * 9.80665, 2e-3
    n_per_count = bar_n / (bar_v_per_v / (0.5 / 128) * _FULL_SCALE)
    assert f"{n_per_count:.2e}".replace("e-04", "e-4") in _block("label")


def test_five_kilograms_weigh_what_the_page_says() -> None:
    assert f"5 kg are {5 * 9.80665:.2f} N" in _TEXT


def test_the_pin_file_on_the_page_is_understood(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("page") / "pins.toml"
    path.write_text(_block("build"), "utf-8")
    plan = make_plan(read_table(path))
    assert plan.cells == ("toes", "heel")


def test_the_pad_file_that_the_page_names_is_understood() -> None:
    pad = parse_settings("[cells.hallux]\nx_m = 0.19", PadSettings, "pad.toml")
    assert "`[cells.hallux]`,\n`x_m = 0.19`" in _TEXT
    assert pad.cells["hallux"].x_m == pytest.approx(0.19)


def test_cells_lie_where_the_trainer_takes_them_to_be() -> None:
    for role, place in PadSettings().cells.items():
        assert mm.PLATES[role].x_mm == pytest.approx(place.x_m * 1000)
        assert f"| {role} | {mm.PLATES[role].x_mm} |" in _TEXT
    assert mm.TOE_PLATE.x_mm == mm.PLATES["toes"].x_mm
    assert set(mm.PLATES) <= set(footwire.ROLES)


def test_plates_neither_touch_nor_hang_over_the_base() -> None:
    dome = mm.Plate(mm.DOME_X, 0, mm.DOME_PLATE, mm.DOME_PLATE)
    full = [*mm.PLATES.values(), dome]
    toe_pad = [mm.TOE_PLATE, mm.BALL_REST, mm.HEEL_REST, dome]
    front = mm.BASE_LENGTH - mm.ANKLE_FROM_REAR
    for plates in (full, toe_pad):
        for place, one in enumerate(plates):
            assert one.rear_mm > -mm.ANKLE_FROM_REAR
            assert one.front_mm < front
            assert max(one.left_mm, -one.right_mm) < mm.BASE_WIDTH / 2
            assert not any(_touch(one, other) for other in plates[place + 1 :])


def _touch(one: mm.Plate, other: mm.Plate) -> bool:
    return (
        one.rear_mm < other.front_mm
        and other.rear_mm < one.front_mm
        and one.right_mm < other.left_mm
        and other.right_mm < one.left_mm
    )


def test_every_bar_ends_on_the_base() -> None:
    front = mm.BASE_LENGTH - mm.ANKLE_FROM_REAR
    for x, y in mm.fixed_ends_mm().values():
        assert -mm.ANKLE_FROM_REAR + mm.FIXED_MM <= x <= front - mm.FIXED_MM
        assert abs(y) + mm.FIXED_MM <= mm.BASE_WIDTH / 2


def test_the_board_tilts_as_far_as_the_page_says() -> None:
    assert f"tilts by {mm.MOST_TILT_DEG} degrees" in _TEXT
    assert f"a gap of {mm.STOP_GAP} mm" in _TEXT


def test_a_build_costs_the_sum_of_its_parts() -> None:
    bill = read_bill()
    for build in bill.builds:
        low = sum(part.price.low_usd * part.count.get(build, 0) for part in bill.parts)
        high = sum(part.price.high_usd * part.count.get(build, 0) for part in bill.parts)
        assert bill.total(build) == Price(low, high)
        assert f"**{low}-{high}**" in _TEXT
    for part in bill.parts:
        assert 0 < part.price.low_usd <= part.price.high_usd
        assert part.count.keys() <= bill.builds.keys()
