"""The pages about the council's rules that are proposed and signed."""

from flask import Blueprint

pages = Blueprint("proposals", __name__)
