"""The list of blueprints: every page of the tracker hangs on one of these."""

from flask import Blueprint

ALL: tuple[Blueprint, ...] = ()
