"""An index in PostgreSQL with pgvector: vectors, words, filters and records in the database, replicas without state.

Replicas, partitions and backups are the database's own. Nothing else imports this package before a database is named.
"""
