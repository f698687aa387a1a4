"""The blueprint of this room."""

from flask import Blueprint

pages = Blueprint("detection", __name__)
