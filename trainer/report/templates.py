"""The page templates of this folder, in the language in use."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from trainer.core.texts import TEXTS, tr


def templates() -> Environment:
    """Return the templates; whatever a person typed is escaped, and a name unknown is an error."""
    found = Environment(
        loader=PackageLoader("trainer.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(tr=tr, language=TEXTS.language)
    return found
