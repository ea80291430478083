"""The language of a command follows the settings."""

from tests.route.rig import Home, is_clear


def test_a_session_list_of_a_chosen_language_or_a_clear_refusal(home: Home) -> None:
    settings = home.root / "config" / "footspring" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[display]\nlanguage = "de"\n', encoding="utf-8")
    german = home.say("device", "list").out
    settings.write_text('[display]\nlanguage = "en"\n', encoding="utf-8")
    english = home.say("device", "list").out
    assert german != english
    settings.write_text('[display]\nlanguage = "xx"\n', encoding="utf-8")
    refused = home.say("device", "list")
    assert refused.status == 2
    assert is_clear(refused.err)
    assert "there are: en, de" in refused.err
