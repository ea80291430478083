"""The shipped kinds of devices, read from the package."""

from importlib import resources

from trainer.devices.catalogue import Kind, parse_catalogue


def shipped_catalogue() -> dict[str, Kind]:
    """Return the kinds of devices that come with the program, by id."""
    file = resources.files("trainer.devices").joinpath("catalogue.toml")
    return parse_catalogue(file.read_text(encoding="utf-8"), "catalogue.toml")
