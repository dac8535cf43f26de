"""Where entity functions are measured: in memory, over buckets on disk, on a Dask cluster; `scale` chooses."""
