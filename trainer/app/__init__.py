"""Joins the folders: pipeline, session, engine."""
