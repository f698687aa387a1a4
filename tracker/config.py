"""Typed settings, read once from the environment; nobody else reads the environment."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET_KEY = 32
DATABASES = ("sqlite", "postgresql+psycopg")
NO_DATABASE = (
    "this is not the address of a database that the tracker runs on: sqlite:///path or postgresql+psycopg://user:password@host/name, "
    "where special characters of a password are percent-encoded"
)


class Settings(BaseSettings):
    """Every setting of the tracker. Each is read from `TRACKER_<NAME>`; `docs/operations.md` lists them all.

    Raises `pydantic.ValidationError` when a value cannot be read.
    """

    model_config = SettingsConfigDict(env_prefix="TRACKER_", frozen=True, extra="ignore")

    instance: Path = Field(
        Path("instance"), description="Folder of the database file, the secret key and the council's pages."
    )
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; empty: a SQLite file in the instance."
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs cookies; at least 32 characters; required to serve."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(5000, ge=1, le=65535, description="Port to listen on.")
    workers: int = Field(2, ge=1, le=64, description="Web server processes.")
    threads: int = Field(2, ge=1, le=64, description="Threads in each web server process.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="How many proxies in front of the tracker may be believed.")
    council_name: str = Field("Northshire Council", max_length=80, description="Shown in the header of every page.")
    demo_password: SecretStr = Field(SecretStr(""), description="Password of the demonstration staff; empty: random.")
    demonstration: bool = Field(False, description="Shows the 'Demonstration data' banner; set by `tracker run`.")
    insecure_cookies: bool = Field(False, description="Sends cookies without Secure; only for localhost.")

    @field_validator("database_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if url and not _names_a_database(url):
            raise PydanticCustomError("no_database", NO_DATABASE)
        return url

    @model_validator(mode="after")
    def _database_in_the_instance_by_default(self) -> Self:
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.instance.resolve() / 'tracker.sqlite3'}")
        return self


def _names_a_database(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).drivername in DATABASES
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        return False
