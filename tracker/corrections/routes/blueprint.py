"""The blueprint that every page of a correction hangs on."""

from flask import Blueprint

pages = Blueprint("corrections", __name__)
