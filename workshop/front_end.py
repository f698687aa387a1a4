"""`assets/`: npm's locked packages, the style sheet built by Sass, and the browser that the tests drive.

Node.js comes with the Python packages: a Node or npm that the machine may have is never used.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from workshop.place import ASSETS, BUILT, CACHE, CHROMIUM, NODE_MODULES, SetupError, call, node_folder, tool_environment
from workshop.steps import Step

LOCK = ASSETS / "package-lock.json"
STYLES = ASSETS / "styles"
SCRIPTS = ASSETS / "scripts"
IMAGES = ASSETS / "images"
GOVUK = NODE_MODULES / "govuk-frontend" / "dist" / "govuk"
BROWSER_PACKAGE = NODE_MODULES / "@sparticuz" / "chromium" / "bin"
HERE = Path(__file__)


def npm_packages() -> Step:
    """The step that fills `assets/node_modules` with what the lock file names."""
    return Step(
        title="Front-end packages",
        inputs=[LOCK, ASSETS / "package.json", ASSETS / ".npmrc"],
        settings="",
        results=[GOVUK, BROWSER_PACKAGE],
        stamp=NODE_MODULES / ".stamp",
        make=_install,
    )


def built_assets() -> Step:
    """The step that makes `assets/built`, the folder that the application serves."""
    return Step(
        title="Style sheet and scripts",
        inputs=[LOCK, STYLES, SCRIPTS, IMAGES, HERE],
        settings="",
        results=[BUILT / "application.css", BUILT / "application.js", BUILT / "govuk-frontend.min.js"],
        stamp=CACHE / "built.stamp",
        make=_build,
    )


def browser() -> Step:
    """The step that unpacks the tests' Chromium with the libraries and fonts that a bare machine lacks."""
    return Step(
        title="Browser for the tests",
        inputs=[LOCK, HERE],
        settings="",
        results=[CHROMIUM / "chromium", CHROMIUM / "lib", CHROMIUM / "fonts.conf"],
        stamp=CACHE / "chromium.stamp",
        make=_unpack_browser,
    )


def node(*words: str | Path) -> None:
    """Run the checkout's own Node.js in `assets/`.

    Raises:
        SetupError: there is none, or it failed.
    """
    folder = node_folder()
    if folder is None:
        raise SetupError("Node.js is missing from .venv.")
    environment = tool_environment()
    environment["PATH"] = os.pathsep.join([str(folder / "bin"), environment.get("PATH", os.defpath)])
    call(folder / "bin" / "node", *words, cwd=ASSETS, environment=environment)


def npm(*words: str) -> None:
    """Run the checkout's own npm in `assets/`; no package's own scripts are run."""
    folder = node_folder()
    if folder is None:
        raise SetupError("npm is missing from .venv.")
    program = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(program, *words, "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def _install() -> None:
    npm("ci")


def _build() -> None:
    fresh = CACHE / "built.part"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    paths = [f"--load-path={NODE_MODULES}", f"--load-path={ASSETS}"]
    sheet = fresh / "application.css"
    node(NODE_MODULES / "sass" / "sass.js", *paths, "--style=compressed", "--no-source-map", "--quiet-deps",
         STYLES / "application.scss", sheet)  # fmt: skip
    shutil.copyfile(GOVUK / "govuk-frontend.min.js", fresh / "govuk-frontend.min.js")
    for source in (SCRIPTS, IMAGES):
        shutil.copytree(source, fresh, dirs_exist_ok=True)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)


def _unpack_browser() -> None:
    fresh = CHROMIUM.with_suffix(".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in ("chromium", "al2023.tar", "fonts.tar"):
        node(HERE.with_name("unbrotli.mjs"), BROWSER_PACKAGE / f"{name}.br", fresh / name)
    (fresh / "chromium").chmod(0o755)
    for name in ("al2023.tar", "fonts.tar"):
        call("tar", "--extract", "--no-same-owner", "--file", name, cwd=fresh)
        (fresh / name).unlink()
    (fresh / "fonts.conf").write_text(FONTS)
    shutil.rmtree(CHROMIUM, ignore_errors=True)
    fresh.rename(CHROMIUM)


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
