"""An examination from the opened pad to its findings; pad and person are handed in."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from trainer.app.doctor import CheckRun, DoctorOrder, as_json, open_pad
from trainer.app.examination import Examination, Examined
from trainer.app.machinefacts import fsync_ms, gather, read_throttled
from trainer.core.clock import ManualClock
from trainer.core.cues import Cue
from trainer.core.errors import SettingsError, SourceError, SourceFault
from trainer.core.folders import Folders
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import CountsPacket, Packet, Status, Stream, StreamInfo
from trainer.core.units import Unit
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.machine import Machine
from trainer.doctor.steps import Picture
from trainer.sources.catalog import Opened

SCHEMA = Path(__file__).parents[3] / "trainer" / "app" / "doctor.schema.json"
CELLS = ("hallux", "toes")
FRAME = 8
RATE_HZ = 80.0


class Pad:
    """A real pad of two cells; a frame a read moves the clock on, and the person does as asked."""

    is_replay = False
    is_simulated = False

    def __init__(self, clock: ManualClock, fault: str = "") -> None:
        self._clock = clock
        self._fault = fault
        self._rng = np.random.default_rng(5)
        self._frames = 0
        self.asked = ""
        self.is_closed = False

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        return (StreamInfo(Stream.FORCE, CELLS, Unit.COUNTS),)

    @property
    def vitals(self) -> Vitals:
        return NO_VITALS

    async def open(self) -> None:
        if self._fault == "absent":
            raise SourceError("pad: not found. Switch it on.", SourceFault.NOT_FOUND)

    async def read(self) -> Sequence[Packet]:
        if self._fault == "ended" and self._frames > 20:
            return ()
        self._clock.move(FRAME / RATE_HZ)
        counts = self._rng.normal(1000.0, 80.0, (FRAME, len(CELLS)))
        for cell, name in enumerate(CELLS):
            counts[:, cell] += 150_000 * (self.asked == f"PRESS {name.upper()}")
        self._frames += 1
        return [
            CountsPacket(
                Stream.FORCE,
                self._frames,
                round(1e6 * self._frames * FRAME / RATE_HZ),
                round(16e6 / RATE_HZ),
                0,
                Status.OK,
                np.rint(counts).astype(np.int32),
                self._clock.monotonic_s(),
            )
        ]

    def hear(self, cue: Cue) -> None:
        del cue

    async def close(self) -> None:
        self.is_closed = True


async def _facts() -> Machine:
    return Machine(fsync_ms=1.0, python=(3, 11), versions={"python": "3.11"})


def _examine(
    fault: str = "", *, is_guided: bool = True, stop_at: str = ""
) -> tuple[dict[str, Finding], list[Picture], Pad]:
    clock = ManualClock()
    pad = Pad(clock, fault)
    pictures: list[Picture] = []
    made: list[Examination] = []

    def tell(picture: Picture) -> None:
        pad.asked = picture.heading
        pictures.append(picture)
        if stop_at and picture.heading == stop_at:
            made[0].stop()

    examined = Examined(Opened("pins", pad, None, None), None, 25.0, is_guided)
    made.append(Examination(examined, clock, _facts, tell))
    findings = asyncio.run(made[0].run())
    return {found.id: found for found in findings}, pictures, pad


def test_a_person_who_presses_as_asked_finds_all_in_its_place() -> None:
    found, pictures, pad = _examine()
    assert found["cells"].verdict is found["polarity"].verdict is Verdict.OK
    assert found["rate"].value == pytest.approx(80.0)
    assert not [f for f in found.values() if f.verdict is Verdict.FAIL]
    headings = list(dict.fromkeys(picture.heading for picture in pictures))
    assert headings == ["WAIT", "HANDS OFF", "PRESS HALLUX", "PRESS TOES", "DONE"]
    assert pictures[-1].is_done
    assert pad.is_closed


def test_the_countdown_runs_to_zero_and_the_share_to_one() -> None:
    _, pictures, _ = _examine()
    counted = [picture.left_s for picture in pictures if picture.is_counting_down]
    assert max(counted) == 5.0
    shares = [picture.share for picture in pictures]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_nobody_is_asked_where_nobody_is_there() -> None:
    found, pictures, _ = _examine(is_guided=False)
    assert found["cells"].verdict is Verdict.UNKNOWN
    assert not any(picture.heading.startswith("PRESS") for picture in pictures)


def test_a_pad_that_is_absent_is_a_finding_beside_those_of_the_machine() -> None:
    found, _, pad = _examine("absent")
    assert found["samples"].verdict is Verdict.FAIL
    assert found["samples"].advice == "pad: not found. Switch it on."
    assert "disk" in found
    assert pad.is_closed


def test_what_was_ended_early_blames_no_cell() -> None:
    found, _, _ = _examine(stop_at="PRESS HALLUX")
    assert found["answer"].verdict is Verdict.UNKNOWN
    assert found["rate"].verdict is Verdict.OK


def test_a_pad_that_ends_is_judged_by_what_it_gave() -> None:
    found, _, _ = _examine("ended", is_guided=False)
    assert found["rate"].verdict is Verdict.OK
    assert found["drift"].verdict is Verdict.UNKNOWN


def test_the_simulated_pad_is_well_and_its_object_fits_the_schema(tmp_path: Path) -> None:
    clock = ManualClock()
    folders = Folders(tmp_path / "data", tmp_path / "config")
    opened = open_pad(DoctorOrder(), folders, clock)
    examined = Examined(opened, None, 21.0, is_guided=False)
    run = CheckRun(lambda tell: Examination(examined, clock, _facts, tell))
    run.start()
    findings = run.findings()
    assert run.picture.is_done
    told = json.loads(as_json("sim", findings))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(told, schema)
    assert told["verdict"] != "fail"
    broken = {**told, "findings": [{**told["findings"][0], "verdict": "good"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_a_calibration_that_cannot_be_read_ends_it_with_its_error(tmp_path: Path) -> None:
    clock = ManualClock()
    pad = Pad(clock)
    examined = Examined(
        Opened("pins", pad, None, None), tmp_path / "none.toml", 1.0, is_guided=False
    )
    run = CheckRun(lambda tell: Examination(examined, clock, _facts, tell))
    run.start()
    with pytest.raises(SettingsError):
        run.findings()
    assert pad.is_closed
    assert "none.toml" in run.picture.detail


def test_this_machine_tells_what_is_asked_for(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    machine = gather(data, "sim")
    assert machine.is_private is False
    assert machine.free_bytes is not None
    assert machine.free_bytes > 0
    assert machine.fsync_ms is not None
    assert {"python", "PySide6", "bleak"} <= set(machine.versions)
    assert not machine.has_groups


def test_a_folder_that_cannot_be_written_has_no_time_to_write(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="ascii")
    assert fsync_ms(file / "data") is None


def test_the_bits_of_a_pis_supply_are_read(tmp_path: Path) -> None:
    told = tmp_path / "get_throttled"
    told.write_text("50005\n", encoding="ascii")
    assert read_throttled(told) == 0x50005
