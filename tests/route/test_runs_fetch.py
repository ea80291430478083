"""`footspring runs fetch` against a server on loopback: whole, restarted, refused and broken."""

import base64
import json
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.route.fakeintervals import (
    KEY,
    Fake,
    activity,
    body,
    cut,
    cut_chunks,
    nonsense,
    packed,
    serving,
)
from tests.route.rig import Home, Said, is_clear, wait_until
from trainer.app.runsserver import FetchError, FetchFault, Patience, Server
from trainer.core.clock import ManualClock
from trainer.core.errors import UsageError
from trainer.running.fitwriter import CYCLING, Written, write_fit

NOW = datetime.now(UTC)
USUAL = Written(start=NOW.replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=9))


def fit(day: int) -> bytes:
    return write_fit(replace(USUAL, start=USUAL.start + timedelta(days=day)))


@pytest.fixture
def fake() -> Iterator[Fake]:
    """Return a server that has three runs with files, a ride, and a run without a file."""
    with serving() as one:
        for place, number in enumerate(("i1", "i2", "i3")):
            one.answers[one.files(number)[0]] = [packed(fit(place))]
            one.activities.append(activity(number, f"{USUAL.start:%Y-%m-%d}"))
        one.activities.append(activity("i4", f"{USUAL.start:%Y-%m-%d}", type="Ride"))
        day = USUAL.start + timedelta(days=5)
        one.activities.append(activity("i5", f"{day:%Y-%m-%d}", distance=170.0))
        yield one


@pytest.fixture
def keyed(home: Home) -> Home:
    """Return a home with a key that is readable by its owner alone."""
    write_key(home)
    return home


def write_key(home: Home, key: str = KEY, mode: int = 0o600) -> Path:
    home.folders.config.mkdir(parents=True, exist_ok=True)
    path = home.folders.config / "intervals.key"
    path.write_text(key + "\n", encoding="utf-8")
    path.chmod(mode)
    return path


def fetch(home: Home, fake: Fake) -> Said:
    said = home.say("runs", "fetch", "--athlete", "Ada", "--server", fake.address)
    shown = said.out + said.err
    assert KEY not in shown
    assert base64.b64encode(f"API_KEY:{KEY}".encode()).decode() not in shown
    return said


def starts(home: Home) -> list[str]:
    runs = json.loads(home.say("runs", "list", "--athlete", "Ada", "--json").out)
    return [run["start"] for run in runs]


def test_runs_are_fetched_once_and_what_is_known_is_not_asked_for_again(
    keyed: Home, fake: Fake
) -> None:
    said = fetch(keyed, fake)
    assert (said.status, said.out.splitlines()[0]) == (
        0, "4 new runs, 0 known already, 1 other activities, 0 files passed over",
    )  # fmt: skip
    assert len(starts(keyed)) == 4
    fake.asked.clear()
    again = fetch(keyed, fake)
    assert again.out.startswith("0 new runs, 4 known already")
    # What has no file may get one: it is asked for again.
    assert fake.asked[1:] == fake.files("i5")


def test_a_fetch_tells_a_program_what_became_of_it(keyed: Home, fake: Fake) -> None:
    said = keyed.say(
        "runs", "fetch", "--athlete", "Ada", "--server", fake.address, "--days", 20, "--json"
    )
    assert {"new": 4, "known": 0, "not_runs": 1, "refused": []}.items() <= said.found.items()
    days = NOW.date() - timedelta(days=20), NOW.date() + timedelta(days=1)
    assert fake.asked[0].endswith(f"?oldest={days[0]}&newest={days[1]}")


def test_what_was_taken_back_is_fetched_again(keyed: Home, fake: Fake) -> None:
    fetch(keyed, fake)
    assert keyed.say("runs", "undo", "--athlete", "Ada").status == 0
    assert starts(keyed) == []
    assert fetch(keyed, fake).out.startswith("4 new runs")


@pytest.mark.parametrize("spoil", [cut, cut_chunks])
def test_a_body_that_breaks_off_is_told_and_comes_whole_the_next_time(
    keyed: Home, fake: Fake, spoil: type
) -> None:
    path = fake.files("i2")[0]
    fake.answers[path] = [spoil(fit(1)), packed(fit(1))]
    said = fetch(keyed, fake)
    assert said.status == 1
    assert said.out.startswith("3 new runs")
    assert "activity i2" in said.out
    assert "Fetch again" in said.out
    assert fetch(keyed, fake).out.startswith("1 new run,")


def test_a_damaged_file_leaves_the_lists_figures_and_says_so(keyed: Home, fake: Fake) -> None:
    fake.answers[fake.files("i2")[0]] = [packed(fit(1)[:-40])]
    said = fetch(keyed, fake)
    assert "only the list's figures are kept" in said.out


def test_one_failing_file_is_passed_and_three_in_a_row_end_it(keyed: Home, fake: Fake) -> None:
    fake.answers[fake.files("i1")[0]] = [body(b"", 500)]
    said = fetch(keyed, fake)
    assert (said.status, said.err) == (1, "")
    assert said.out.startswith("3 new runs")
    assert "HTTP 500" in said.out
    for path in fake.files("i1", "i2", "i3"):
        fake.answers[path] = [body(b"", 500)]
    keyed.say("runs", "undo", "--athlete", "Ada")
    ended = fetch(keyed, fake)
    assert ended.status == 1
    assert is_clear(ended.err)
    assert ended.out.startswith("1 new run,"), "what came before is kept"


def test_a_server_that_asks_for_a_pause_gets_it(keyed: Home, fake: Fake) -> None:
    path = fake.files("i2")[0]
    fake.answers[path] = [body(b"", 429, Retry_After="0"), packed(fit(1))]
    assert fetch(keyed, fake).out.startswith("4 new runs")
    assert fake.asked.count(path) == 2


def test_what_came_before_an_interruption_is_kept(keyed: Home, fake: Fake) -> None:
    fake.answers[fake.files("i1")[0]] = [fake.silence]
    running = keyed.start("runs", "fetch", "--athlete", "Ada", "--server", fake.address)
    wait_until(lambda: fake.files("i1")[0] in fake.asked)
    running.send_signal(signal.SIGINT)
    assert keyed.end(running).status == 130
    assert len(starts(keyed)) == 3


def test_a_refused_key_is_said_and_not_shown(home: Home, fake: Fake) -> None:
    write_key(home, "wrong")
    said = fetch(home, fake)
    assert said.status == 1
    assert is_clear(said.err)
    assert "HTTP 401" in said.err
    assert "wrong" not in said.err


def test_a_key_that_others_can_read_is_refused(home: Home, fake: Fake) -> None:
    path = write_key(home, mode=0o644)
    said = fetch(home, fake)
    assert said.status == 2
    assert f"chmod 600 {path}" in said.err
    assert fake.asked == []


def test_without_a_key_it_says_where_one_comes_from(home: Home, fake: Fake) -> None:
    said = fetch(home, fake)
    assert said.status == 2
    assert "Developer Settings" in said.err


def test_the_key_may_stand_in_the_environment(home: Home, fake: Fake) -> None:
    said = home.run(
        "runs", "fetch", "--athlete", "Ada", "--server", fake.address,
        variables={"FOOTSPRING_INTERVALS_KEY": KEY},
    )  # fmt: skip
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("4 new runs")


def test_what_strava_holds_back_is_counted_and_said(keyed: Home, fake: Fake) -> None:
    fake.activities.append({"id": "77", "start_date_local": "2026-05-04T07:00:00",
                            "source": "STRAVA"})  # fmt: skip
    said = fetch(keyed, fake)
    assert said.status == 1
    assert "1 activity came there from Strava" in said.out


@pytest.mark.parametrize("told", [b"<html>", b"{}", b"[[[[", b"[1, null, {}]"])
def test_a_list_that_is_none_never_crashes(keyed: Home, fake: Fake, told: bytes) -> None:
    fake.answers["/api/v1/athlete/0/activities"] = [body(told)]
    said = fetch(keyed, fake)
    assert not said.err or is_clear(said.err)


def test_an_activity_whose_number_is_a_path_is_not_asked_for(keyed: Home, fake: Fake) -> None:
    fake.activities[:] = [activity("../athlete/0", "2026-05-04")]
    fetch(keyed, fake)
    assert len(fake.asked) == 1


def test_a_ride_in_the_file_of_a_run_is_what_the_list_says(keyed: Home, fake: Fake) -> None:
    fake.answers[fake.files("i1")[0]] = [packed(write_fit(replace(USUAL, sport=CYCLING)))]
    assert fetch(keyed, fake).out.startswith("4 new runs")


def server(fake: Fake, waited: list[float], patience: Patience | None = None) -> Server:
    clock = ManualClock()

    def wait(seconds: float) -> None:
        waited.append(seconds)

    return Server(fake.address, KEY, clock, patience=patience, wait=wait)


@pytest.mark.parametrize(
    ("asked", "waited"), [("7", [7.0] * 3), ("Wed, 21 Oct 2026 07:28:00 GMT", [5.0] * 3)]
)
def test_pauses_are_as_long_as_asked_and_come_to_an_end(
    fake: Fake, asked: str, waited: list[float]
) -> None:
    fake.answers["/x"] = [body(b"", 429, Retry_After=asked)]
    found: list[float] = []
    with pytest.raises(FetchError, match="was asked too much") as error:
        server(fake, found).get("/x")
    assert error.value.reason is FetchFault.BUSY
    assert found == waited


def test_a_pause_beyond_patience_is_told_and_not_waited_for(fake: Fake) -> None:
    fake.answers["/x"] = [body(b"", 429, Retry_After="3600")]
    found: list[float] = []
    with pytest.raises(FetchError, match="3600 s"):
        server(fake, found).get("/x")
    assert found == []


def test_a_silent_server_is_left(fake: Fake) -> None:
    fake.answers["/x"] = [fake.silence]
    with pytest.raises(FetchError, match="timed out") as error:
        server(fake, [], Patience(silence_s=0.05)).get("/x")
    assert error.value.reason is FetchFault.NETWORK


class Hurried(ManualClock):
    """A clock that a second passes on each time it is read."""

    def monotonic_s(self) -> float:
        self.move(1.0)
        return super().monotonic_s()


def test_a_server_that_drips_is_left_though_it_never_falls_silent(fake: Fake) -> None:
    fake.answers["/x"] = [fake.drip]
    dripping = Server(fake.address, KEY, Hurried(), patience=Patience(answer_s=3.0))
    with pytest.raises(FetchError, match="took more than 3 s"):
        dripping.get("/x")


def test_what_is_no_http_is_no_answer(fake: Fake) -> None:
    fake.answers["/x"] = [nonsense]
    with pytest.raises(FetchError):
        server(fake, []).get("/x")


def test_the_key_goes_along_no_detour(fake: Fake) -> None:
    fake.answers["/x"] = [body(b"", 302, Location=f"{fake.address}/y")]
    with pytest.raises(FetchError, match="leads elsewhere"):
        server(fake, []).get("/x")
    assert fake.asked == ["/x"]


@pytest.mark.parametrize(
    "address",
    ["http://intervals.icu", "ftp://127.0.0.1", "https://me:secret@intervals.icu", "https://[", ""],
)
def test_the_key_is_sent_by_https_or_to_this_machine_alone(address: str) -> None:
    with pytest.raises(UsageError) as error:
        Server(address, KEY, ManualClock())
    assert "secret" not in str(error.value)
