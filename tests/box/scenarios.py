"""What must hold on a box that systemd runs: each scenario goes on where the last one ended."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from tests.box.container import NUMBER, USER, Box, until
from tests.box.unit import Unit
from trainer.app.service import DASHBOARD, RECORDER, RECOVER, SYSTEM

DATA: Final = "/var/lib/footspring"
HOME_DATA: Final = f"/home/{USER}/.local/share/footspring"

WATCHED_S: Final = 8
"""Longer than the pause between two looks for a pad, in which there is no engine to watch."""

QUICK: Final = f"[Service]\nWatchdogSec={WATCHED_S}\nRestartSec=200ms\n"
LOGGED: Final = "Standard{stream}=append:/var/log/{name}.log\n"

Scenario: TypeAlias = Callable[[Box], None]


def a_dry_run_tells_and_changes_nothing(box: Box) -> None:
    told = box.must(str(box.command), "install-service", "--recorder", "--source", "sim")
    for word in (RECORDER, RECOVER, "box.conf", f"User={USER}", "enable --now", "--yes"):
        assert word in told, f"{word} is not told: {told}"
    assert not any(box.path(f"/{SYSTEM}").iterdir())


def installing_starts_it_and_it_says_that_it_is_ready(box: Box) -> None:
    logged = (LOGGED.format(stream=stream, name=RECORDER) for stream in ("Output", "Error"))
    quicken(box, f"/{SYSTEM}", RECORDER, "".join(logged))
    box.must(str(box.command), "install-service", "--recorder", "--source", "sim", "--yes")
    unit = Unit(box, RECORDER)
    unit.until_working()
    assert unit.shows("UnitFileState", "NRestarts", "Type") == ("enabled", "0", "notify")
    assert Unit(box, RECOVER).shows("UnitFileState") == ("enabled",)


def installing_again_disturbs_nothing(box: Box) -> None:
    unit = Unit(box, RECORDER)
    before = unit.shows("MainPID", "NRestarts")
    said = box.must(str(box.command), "install-service", "--recorder", "--source", "sim", "--yes")
    assert said.count("left ") == 3, said
    assert unit.shows("MainPID", "NRestarts") == before


def it_is_the_persons_and_hemmed_in(box: Box) -> None:
    process = Path(f"/proc/{Unit(box, RECORDER).process}")
    status = dict(
        line.split(":\t", 1)
        for line in (process / "status").read_text().splitlines()
        if ":\t" in line
    )
    assert status["Uid"].split() == [str(NUMBER)] * 4, status["Uid"]
    assert {"990", "991"} <= {*status["Groups"].split()}, status["Groups"]
    assert int(status["CapBnd"], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    interfaces = (process / "net/dev").read_text().splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] == ["lo"]
    assert not any((process / "root/home").iterdir())
    mounts = [line.split() for line in (process / "mountinfo").read_text().splitlines()]
    options = {mount[4]: mount[5].split(",") for mount in mounts}
    assert "ro" in options["/"]
    assert "rw" in options[DATA]


def a_kill_restarts_it_and_the_cut_recording_is_finished(box: Box) -> None:
    unit = Unit(box, RECORDER)
    [cut] = parts(box)
    unit.kill()
    unit.until_restarted(1)
    unit.until_working()
    assert cut not in parts(box)
    assert statuses(box).count("recovered") == 1


def a_frozen_engine_is_restarted_though_its_process_lives(box: Box) -> None:
    unit = Unit(box, RECORDER)
    did = unit.freeze_engine(2)
    assert did == "ran on", f"the main thread {did}"
    unit.until_restarted(2)
    unit.until_working()
    assert statuses(box).count("recovered") == 2
    assert "Fatal Python error: Aborted" in log(box, RECORDER)


def a_frozen_screen_is_restarted_though_its_engine_lives(box: Box) -> None:
    unit = Unit(box, RECORDER)
    unit.freeze_main(3)
    unit.until_restarted(3)
    unit.until_working()
    assert statuses(box).count("recovered") == 3


def stopping_ends_and_saves_the_session(box: Box) -> None:
    unit = Unit(box, RECORDER)
    unit.ctl("stop")
    assert unit.shows("ActiveState", "Result", "ExecMainStatus") == ("inactive", "success", "0")
    assert parts(box) == []
    assert statuses(box)[0] == "ended"
    assert "pain" not in sessions(box)
    newest = sessions(box).splitlines()[1].split()[0]
    assert box.path(f"{DATA}/reports/{newest}.html").is_file()


def after_a_power_cut_the_boot_finishes_the_recording_first(box: Box) -> None:
    unit, recover = Unit(box, RECORDER), Unit(box, RECOVER)
    unit.ctl("start")
    unit.until_working()
    [cut] = parts(box)
    before = statuses(box).count("recovered")
    box.cut_power()
    assert parts_outside(box) == [cut]
    box.boot()
    unit.until_working()
    assert recover.shows("ConditionResult", "Result", "ExecMainStatus") == ("yes", "success", "0")
    ended, begun = (
        recover.shows("ExecMainExitTimestampMonotonic")[0],
        "ExecMainStartTimestampMonotonic",
    )
    assert 0 < int(ended) <= int(unit.shows(begun)[0])
    assert cut not in parts(box)
    assert statuses(box).count("recovered") == before + 1


def a_boot_with_nothing_cut_has_nothing_to_finish(box: Box) -> None:
    Unit(box, RECORDER).ctl("stop")
    box.cut_power()
    box.boot()
    Unit(box, RECORDER).until_working()
    assert Unit(box, RECOVER).shows("ConditionResult", "ActiveState") == ("no", "inactive")


def a_pad_that_is_away_is_waited_for_without_a_restart(box: Box) -> None:
    unit = Unit(box, RECORDER)
    unit.ctl("stop")
    run_instead(box, RECORDER, "run --source ble --again")
    unit.ctl("start")
    until(lambda: "Waiting for it" in log(box, RECORDER), "the pad is waited for")
    # Twice as long as it takes a watchdog that hears nothing.
    until(lambda: watched_s(unit) > 2 * WATCHED_S, "it gives signs of life while it waits")
    assert unit.shows("ActiveState", "NRestarts") == ("active", "0")
    assert "Bluetooth" in unit.shows("StatusText")[0]
    unit.ctl("stop")
    assert unit.shows("ActiveState", "Result") == ("inactive", "success")


def the_system_bus_is_reached_though_there_is_no_network(box: Box) -> None:
    unit = Unit(box, RECORDER)
    said = len(log(box, RECORDER))
    assert "The system bus does not answer" in log(box, RECORDER)
    box.must("systemctl", "start", "system-bus.service")
    until(box.path("/run/dbus/system_bus_socket").exists, "the bus is up")
    unit.ctl("start")
    # The bus answers now; bluetoothd is not there.
    until(lambda: "The Bluetooth service does not run" in log(box, RECORDER)[said:], "it is asked")
    unit.ctl("stop")
    assert "The system bus does not answer" not in log(box, RECORDER)[said:]


def wrong_use_is_not_tried_again(box: Box) -> None:
    unit = Unit(box, RECORDER)
    run_instead(box, RECORDER, "run --source ble: --again")
    unit.box.run("systemctl", "start", unit.name)
    until(lambda: unit.shows("ActiveState") == ("failed",), "it fails")
    assert unit.shows("NRestarts", "ExecMainStatus") == ("0", "2")


def what_fails_again_and_again_is_given_up(box: Box) -> None:
    unit = Unit(box, RECORDER)
    run_instead(box, RECORDER, "run --source nonsense --again")
    box.must("systemctl", "reset-failed", unit.name)
    unit.box.run("systemctl", "start", unit.name)
    until(lambda: unit.shows("ActiveState", "SubState") == ("failed", "failed"), "it is given up")
    assert log(box, RECORDER).count("--source nonsense: unknown") == 5
    box.path(f"/{SYSTEM}/{RECORDER}.d/instead.conf").unlink()
    box.must("systemctl", "daemon-reload")
    box.must("systemctl", "reset-failed", unit.name)


def removing_it_ends_the_session_and_leaves_the_data(box: Box) -> None:
    unit = Unit(box, RECORDER)
    unit.ctl("start")
    unit.until_working()
    told = box.must(str(box.command), "remove-service", "--recorder")
    assert "Nothing was changed" in told
    assert unit.is_active()
    box.must(str(box.command), "remove-service", "--recorder", "--yes")
    assert unit.shows("LoadState", "ActiveState") == ("not-found", "inactive") or unit.shows(
        "ActiveState", "Result"
    ) == ("inactive", "success")
    left = {path.name for path in box.path(f"/{SYSTEM}").rglob("*footspring*")}
    assert left <= {f"{RECORDER}.d"}, f"left behind: {left}"
    assert statuses(box)[0] == "ended"
    assert len([*box.path(f"{DATA}/recordings").glob("*.mcap")]) == len(statuses(box))
    assert "not installed" in box.must(str(box.command), "remove-service", "--recorder")


def the_dashboard_is_installed_by_its_person_and_starts_as_from_the_desktop(box: Box) -> None:
    box.must("systemctl", "start", "user-manager.service")
    units = f"/home/{USER}/.config/systemd/user"
    logged = (LOGGED.format(stream=stream, name=DASHBOARD) for stream in ("Output", "Error"))
    box.path(f"/var/log/{DASHBOARD}.log").touch()
    box.path(f"/var/log/{DASHBOARD}.log").chmod(0o666)
    quicken(box, units, DASHBOARD, "Environment=QT_QPA_PLATFORM=offscreen\n" + "".join(logged))
    install = (str(box.command), "install-service", "--source", "sim", "--yes")
    box.must(*install, user=USER)
    unit = Unit(box, DASHBOARD, USER)
    entry = box.path(f"/home/{USER}/.config/autostart/footspring-dashboard.desktop").read_text()
    [line] = [line for line in entry.splitlines() if line.startswith("Exec=")]
    box.must("sh", "-c", line.removeprefix('Exec=sh -c "').removesuffix('"'), user=USER)
    until(lambda: unit.shows("StatusText") == ("ready",), "the window waits for the foot")
    assert unit.is_active()


def a_dashboard_that_is_killed_or_frozen_is_restarted(box: Box) -> None:
    unit = Unit(box, DASHBOARD, USER)
    unit.kill()
    unit.until_restarted(1)
    until(lambda: unit.shows("StatusText") == ("ready",), "the window is back")
    unit.freeze_engine(2)
    until(lambda: unit.shows("StatusText") == ("ready",), "the window is back")
    unit.freeze_main(3)
    unit.until_restarted(3)
    until(lambda: unit.shows("StatusText") == ("ready",), "the window is back")


def stopping_the_dashboard_saves_and_removing_it_leaves_the_data(box: Box) -> None:
    unit = Unit(box, DASHBOARD, USER)
    unit.ctl("stop")
    assert unit.shows("ActiveState", "Result", "ExecMainStatus") == ("inactive", "success", "0")
    assert not [*box.path(f"{HOME_DATA}/recordings").glob("*.part")]
    assert "ended early" in box.must(str(box.command), "sessions", user=USER)
    box.must(str(box.command), "remove-service", "--yes", user=USER)
    left = {path.name for path in box.path(f"/home/{USER}/.config").rglob("*footspring*")}
    assert left <= {f"{DASHBOARD}.d", "footspring"}, f"left behind: {left}"
    assert [*box.path(f"{HOME_DATA}/recordings").glob("*.mcap")]


SCENARIOS: Final[tuple[Scenario, ...]] = (
    a_dry_run_tells_and_changes_nothing,
    installing_starts_it_and_it_says_that_it_is_ready,
    installing_again_disturbs_nothing,
    it_is_the_persons_and_hemmed_in,
    a_kill_restarts_it_and_the_cut_recording_is_finished,
    a_frozen_engine_is_restarted_though_its_process_lives,
    a_frozen_screen_is_restarted_though_its_engine_lives,
    stopping_ends_and_saves_the_session,
    after_a_power_cut_the_boot_finishes_the_recording_first,
    a_boot_with_nothing_cut_has_nothing_to_finish,
    a_pad_that_is_away_is_waited_for_without_a_restart,
    the_system_bus_is_reached_though_there_is_no_network,
    wrong_use_is_not_tried_again,
    what_fails_again_and_again_is_given_up,
    removing_it_ends_the_session_and_leaves_the_data,
    the_dashboard_is_installed_by_its_person_and_starts_as_from_the_desktop,
    a_dashboard_that_is_killed_or_frozen_is_restarted,
    stopping_the_dashboard_saves_and_removing_it_leaves_the_data,
)


def quicken(box: Box, folder: str, unit: str, more: str = "") -> None:
    """Let a unit be watched and restarted within seconds, and keep what it says."""
    extra = box.path(f"{folder}/{unit}.d")
    extra.mkdir(parents=True)
    text = (
        QUICK.format(name=unit) if unit == RECORDER else "[Service]\nWatchdogSec=4\nRestartSec=1\n"
    )
    (extra / "quick.conf").write_text(text + more)
    if folder.startswith("/home"):
        box.must("chown", "-R", USER, f"/home/{USER}")


def run_instead(box: Box, unit: str, words: str) -> None:
    """Let a unit run the program with other words."""
    extra = box.path(f"/{SYSTEM}/{unit}.d/instead.conf")
    extra.write_text(f"[Service]\nExecStart=\nExecStart={box.command} {words}\n")
    box.must("systemctl", "daemon-reload")


def sessions(box: Box) -> str:
    """Return the list of the recorder's sessions, newest first."""
    return box.must("env", "XDG_DATA_HOME=/var/lib", str(box.command), "sessions", user=USER)


def statuses(box: Box) -> list[str]:
    """Return the first word of each session's status, newest first."""
    words = ("running", "complete", "ended", "stopped", "recovered")
    rows = [
        line.replace(":", " ").split()
        for line in sessions(box).splitlines()
        if "left" in line.split()
    ]
    return [next(word for word in row if word in words) for row in rows]


def parts(box: Box) -> list[str]:
    """Return the recordings under way, or cut off."""
    return parts_outside(box)


def parts_outside(box: Box) -> list[str]:
    """Return the same where no box runs."""
    return sorted(path.name for path in box.path(f"{DATA}/recordings").glob("*.part"))


def log(box: Box, unit: str) -> str:
    """Return what a unit has said."""
    return box.path(f"/var/log/{unit}.log").read_text()


def watched_s(unit: Unit) -> float:
    """Return the seconds from a unit's start to its newest sign of life."""
    begun_us, beaten_us = map(
        int, unit.shows("ExecMainStartTimestampMonotonic", "WatchdogTimestampMonotonic")
    )
    return (beaten_us - begun_us) / 1e6
