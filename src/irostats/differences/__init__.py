"""Two builds compared: what moved, by how much, and why.

```
builds     a finished report as it lies in its folder: figures.csv, provenance.json
figures    which figures moved
inputs     which rows, files, settings and versions differ; only counts leave it
sides      the inputs that a build read, if they are still there as they were
mixing     inputs put together from parts of two builds
causes     the share of each cause in each movement
compare    all of it, in order
telling    in words, for a terminal; as a table, for a file
```
"""
