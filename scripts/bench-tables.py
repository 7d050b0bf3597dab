"""The pandas and DuckDB side of scripts/bench-tables."""

import json
import statistics
import sys
import time

import duckdb
import numpy
import pandas


def make(folder, rows):
    """Writes the two tables that all three programs read."""
    generator = numpy.random.default_rng(1)
    ids = generator.permutation(rows)
    other = generator.permutation(rows)
    devices = numpy.array([f"device_{number}" for number in range(27)])
    pandas.DataFrame({
        "id": ids,
        "name": [f"network-{number:x}" for number in ids * 2654435761 % 2**32],
        "device": devices[generator.integers(0, 27, rows)],
        "latency": generator.random(rows).round(6),
        "params": generator.integers(0, 1000, rows),
    }).to_csv(f"{folder}/a.csv", index=False)
    pandas.DataFrame({
        "id": other,
        "name": [f"network-{number:x}" for number in other * 2654435761 % 2**32],
        "accuracy": generator.random(rows).round(4),
    }).to_csv(f"{folder}/b.csv", index=False)


def median_ms(run):
    """The median time of five runs."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def pandas_times(folder):
    a, b = pandas.read_csv(f"{folder}/a.csv"), pandas.read_csv(f"{folder}/b.csv")
    by_name = b.drop(columns="id")
    runs = {
        "read": lambda: pandas.read_csv(f"{folder}/a.csv"),
        "filter": lambda: a[(a.latency < 0.5) & (a.params < 700)],
        "join id": lambda: a.merge(b, on="id"),
        "join name": lambda: a.merge(by_name, on="name"),
        "group": lambda: a.groupby("device", sort=False).agg({"latency": "mean", "params": "max"}),
    }
    for name in ["latency", "params", "device", "name"]:
        runs[f"sort {name}"] = lambda name=name: a.sort_values(name, kind="stable")
    return {name: median_ms(run) for name, run in runs.items()}


def duckdb_times(folder):
    database = duckdb.connect()
    for name in "ab":
        database.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}.csv')")
    queries = {
        "read": f"FROM read_csv('{folder}/a.csv')",
        "filter": "FROM a WHERE latency < 0.5 AND params < 700",
        "join id": "SELECT a.*, b.name AS name_right, b.accuracy FROM a JOIN b USING (id)",
        "join name": "SELECT a.*, b.accuracy FROM a JOIN b USING (name)",
        "group": "SELECT device, avg(latency), max(params) FROM a GROUP BY device",
    }
    for name in ["latency", "params", "device", "name"]:
        queries[f"sort {name}"] = f"FROM a ORDER BY {name}"
    return {
        name: median_ms(lambda: database.execute(f"CREATE OR REPLACE TEMP TABLE result AS {query}"))
        for name, query in queries.items()
    }


def compare(folder):
    with open(f"{folder}/nash.json") as file:
        nash = json.load(file)
    other, duck = pandas_times(folder), duckdb_times(folder)
    print(f"{'ms':<14}{'nash':>8}{'pandas':>8}{'DuckDB':>8}{'ratio':>8}")
    for name, own in nash.items():
        best = min(other[name], duck[name])
        print(f"{name:<14}{own:>8.1f}{other[name]:>8.1f}{duck[name]:>8.1f}{own / best:>8.2f}")


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]))
else:
    compare(sys.argv[2])
