"""What Alembic runs: on the connection it is given, inside that transaction."""

from typing import Any, Literal

from alembic import context

from tracker.schema import METADATA


def _render(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    if kind == "type" and type(item).__module__ == "tracker.storage.columns":
        autogen_context.imports.add("from tracker.storage import columns")
        return f"columns.{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=_render,
    transactional_ddl=False,
)
context.run_migrations()
