"""What a user can set once instead of typing it each time: environment variables and ``aneroid.toml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from aneroid.errors import InputError


class Settings(BaseSettings):
    """All settings. Order of precedence: command line, environment (``ANEROID_…``), ``./aneroid.toml``, defaults."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, env_prefix="ANEROID_", toml_file="aneroid.toml", extra="forbid"
    )

    store: Path = Field(
        default=Path(".aneroid"), description="Folder of the store; built from the snapshot if absent."
    )
    poles: str = Field(
        default="USA,RUS,CHN", description="Poles used where a command is given none, comma-separated."
    )
    debug: bool = Field(default=False, description="Show the traceback of an unexpected error.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, then the TOML file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def load_settings() -> Settings:
    """Read the settings once.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        A setting has a value or a name that is not allowed; the sentence names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"Setting {name!r} cannot be used: {first['msg']}. Correct it in aneroid.toml or in ANEROID_{name.upper()}."
        ) from None
