"""The tables. `qa.current` names the generation that is served; each generation is a schema of its own, `qa_000001`.

`passage` is what is searched (`place` is its row), narrow so that a scan reads little; `stored` what is read of a few rows. `posting` holds
BM25 as `qa.lexical` computes it, the rows of a term in blocks. A column of `qa.store.columns.PLAIN` is a column here.
"""

from __future__ import annotations

import re

from psycopg.sql import SQL, Composed, Identifier, Literal

from qa.engine.connecting import within
from qa.store.columns import PLAIN

ENGINE_SCHEMA = 1
"""Raised whenever the tables change; a database of another number says to copy the index again."""

BLOCK = 16384
"""Rows a block of postings: enough to be compressed together, few enough to skip."""

_NAME = re.compile(r"qa_(\d{6,9})")

CATALOGUE = SQL(
    """
    CREATE SCHEMA IF NOT EXISTS qa;
    CREATE TABLE IF NOT EXISTS qa.generation (
        name text PRIMARY KEY, schema_version int NOT NULL, manifest bytea NOT NULL, words bytea NOT NULL,
        published timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE IF NOT EXISTS qa.current (
        alone boolean PRIMARY KEY DEFAULT true CHECK (alone), name text NOT NULL REFERENCES qa.generation
    );
    """
)


def name_of(sequence: int) -> str:
    """The schema of a generation."""
    return f"qa_{sequence:06d}"


def sequence_of(name: str) -> int | None:
    """The number in such a name; None where it is none."""
    match = _NAME.fullmatch(name)
    return int(match.group(1)) if match else None


def tables(schema: str, dim: int) -> Composed:
    """The tables of one generation, without what makes them quick: that is added when they are full."""
    plain = SQL(", ").join(SQL("{} int NOT NULL").format(Identifier(name)) for name in PLAIN)
    return within(
        schema,
        """
        CREATE SCHEMA {g};
        CREATE TABLE {g}.resolution (
            number int NOT NULL, symbol text NOT NULL, title text NOT NULL, first_row int NOT NULL,
            listed bytea NOT NULL, record bytea NOT NULL, source bytea NOT NULL
        );
        CREATE TABLE {g}.mention (
            symbol text NOT NULL, number int NOT NULL, label text NOT NULL, printed text NOT NULL, paragraph text
        );
        CREATE TABLE {g}.passage (
            place int NOT NULL, {plain}, verbs int[] NOT NULL, id text NOT NULL, embedding halfvec({dim}) NOT NULL
        ) PARTITION BY RANGE (place);
        ALTER TABLE {g}.passage ALTER COLUMN embedding SET STORAGE PLAIN;
        CREATE TABLE {g}.stored (place int NOT NULL, passage bytea NOT NULL, vector bytea NOT NULL, hash bytea NOT NULL);
        CREATE TABLE {g}.posting (term text NOT NULL, block int NOT NULL, places int[] NOT NULL, scores real[] NOT NULL);
        CREATE UNLOGGED TABLE {g}.counted (term text NOT NULL, place int NOT NULL, n int NOT NULL);
        CREATE UNLOGGED TABLE {g}.length (place int NOT NULL, n int NOT NULL);
        """,
        plain=plain,
        dim=SQL(str(int(dim))),
    )


def partition(schema: str, number: int, size: int) -> Composed:
    """One more partition of `passage`: `size` rows from `number * size`."""
    return SQL("CREATE TABLE {} PARTITION OF {} FOR VALUES FROM ({}) TO ({})").format(
        Identifier(schema, f"passage_{number}"),
        Identifier(schema, "passage"),
        Literal(number * size),
        Literal((number + 1) * size),
    )


def weigh_words(schema: str) -> Composed:
    """Counts to BM25, in the database. Source: as `qa.lexical`, whose constants are the statement's two values."""
    return within(
        schema,
        """
        WITH total AS (SELECT count(*)::float8 AS documents, avg(n)::float8 AS average FROM {g}.length),
        norm AS (
            SELECT place, %(k1)s * (1 - %(b)s + %(b)s * length.n / CASE WHEN average > 0 THEN average ELSE 1 END) AS norm
            FROM {g}.length, total
        ),
        rarity AS (
            SELECT term, ln(1 + (max(documents) - count(*) + 0.5) / (count(*) + 0.5)) AS rarity
            FROM {g}.counted, total GROUP BY term
        )
        INSERT INTO {g}.posting
        SELECT term, place / {block}, array_agg(place ORDER BY place), array_agg(score ORDER BY place)
        FROM (
            SELECT term, place, (rarity * counted.n / (counted.n + norm))::real AS score
            FROM {g}.counted JOIN rarity USING (term) JOIN norm USING (place)
        ) AS weighed
        GROUP BY 1, 2
        """,
        block=SQL(str(BLOCK)),
    )


def finish(schema: str) -> Composed:
    """Keys, and the counts thrown away."""
    return within(
        schema,
        """
        DROP TABLE {g}.counted, {g}.length;
        ALTER TABLE {g}.resolution ADD PRIMARY KEY (number);
        CREATE UNIQUE INDEX ON {g}.resolution (symbol);
        CREATE INDEX ON {g}.mention (symbol);
        ALTER TABLE {g}.passage ADD PRIMARY KEY (place);
        CREATE INDEX ON {g}.passage (resolution);
        ALTER TABLE {g}.stored ADD PRIMARY KEY (place);
        ALTER TABLE {g}.posting ADD PRIMARY KEY (term, block);
        """,
    )


GRAPH = """CREATE INDEX ON {g}.passage USING hnsw (embedding halfvec_ip_ops) WITH (m = 16, ef_construction = 100)"""
