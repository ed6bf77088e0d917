"""Finished files, also edited ones: what in them would stop publication.

Readers (``pages``, ``office``, ``pdfs``, ``data``, through ``reading``) lay a file out as pieces of
text with their places, tables and faults; ``known`` is what must not be found, which ``inputs``
gathers; ``looking`` finds it; ``marks``, ``edited`` and ``rules`` say what else is wrong;
``checking`` puts it together.
"""
