"""Building a report: plan which notebooks, execute them, render, publish.

``irostats.build.run.build`` is the way in. Nothing is imported here, because the worker
processes import this package and would wait for what they do not use.
"""
