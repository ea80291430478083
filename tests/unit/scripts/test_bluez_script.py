"""What make test-bluez says where no guest can be had."""

import pytest

from scripts.bluez import skip


@pytest.mark.parametrize(("is_required", "status"), [(False, 0), (True, 1)])
def test_a_skip_is_loud_and_fails_only_where_the_guest_is_required(
    capsys: pytest.CaptureFixture[str], is_required: bool, status: int
) -> None:
    assert skip("No qemu here.", is_required=is_required) == status
    said = capsys.readouterr().out.splitlines()
    assert any(line.startswith("SKIPPED") for line in said)
    assert "No qemu here." in said
    assert said[-1] == "0 passed, 0 failed, 1 skipped"
