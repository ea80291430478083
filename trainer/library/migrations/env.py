"""Runs the migrations on the connection that the library hands in; alembic loads this file."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
