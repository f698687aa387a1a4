"""The blueprint that every page of a check hangs on."""

from flask import Blueprint

pages = Blueprint("checks", __name__)
