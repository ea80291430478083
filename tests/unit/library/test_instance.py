"""One session at a time, and none blocked by a dead one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.core.errors import StorageError, StorageFault
from trainer.core.folders import Folders
from trainer.library.instance import InstanceLock, is_session_running

HOLDER = """
import sys
from pathlib import Path
from trainer.core.folders import Folders
from trainer.library.instance import InstanceLock
lock = InstanceLock(Folders(Path(sys.argv[1]), Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_session_is_refused_by_the_first_one_s_process(folders: Folders) -> None:
    with InstanceLock(folders):
        assert is_session_running(folders)
        with pytest.raises(StorageError, match=f"process {os.getpid()}, runs a session") as caught:
            InstanceLock(folders)
        assert caught.value.reason is StorageFault.IN_USE
    assert not is_session_running(folders)
    with InstanceLock(folders) as lock:
        lock.release()
        assert not is_session_running(folders)


def test_a_killed_program_blocks_nobody(folders: Folders) -> None:
    command = [sys.executable, "-c", HOLDER, str(folders.data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        assert is_session_running(folders)
        with pytest.raises(StorageError, match=f"process {child.pid}, runs a session"):
            InstanceLock(folders)
        child.send_signal(signal.SIGKILL)
    with InstanceLock(folders):
        assert (folders.data / "session.lock").read_text() == f"{os.getpid()}\n"


def test_nobody_runs_a_session_where_there_is_no_folder(folders: Folders) -> None:
    assert not is_session_running(folders)


def test_a_folder_that_cannot_be_made_is_told() -> None:
    nowhere = Folders(Path("/sys/footspring"), Path("/sys/footspring"))
    with pytest.raises(StorageError, match="XDG_DATA_HOME") as caught:
        InstanceLock(nowhere)
    assert caught.value.reason is StorageFault.READ_ONLY


def test_a_lock_file_that_is_a_folder_is_told(folders: Folders) -> None:
    (folders.data / "session.lock").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"session\.lock: cannot be opened"):
        InstanceLock(folders)
