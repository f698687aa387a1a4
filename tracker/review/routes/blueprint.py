"""The blueprint that every page of review hangs on."""

from flask import Blueprint

pages = Blueprint("review", __name__)
