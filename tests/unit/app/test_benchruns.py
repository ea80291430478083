"""The benchmark of runs measures speed and memory of an import beside the decoder alone."""

from trainer.app.benchruns import measure_runs


def test_an_import_is_measured_beside_the_decoder_alone() -> None:
    first, again, memory = measure_runs(files=5, records=10)
    assert all(figure.value and figure.value > 0 for figure in (first, again, memory))
    assert first.floor == memory.floor == "fitdecode alone"
    assert memory.floor_value is not None
    assert memory.floor_value < 1000, "megabytes"
