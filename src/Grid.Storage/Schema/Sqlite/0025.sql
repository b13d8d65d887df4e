-- Sessions with mail hosts by how their TLS came out, until they are reported to the domain (RFC 8460).
CREATE TABLE tls_count (
  day       INTEGER NOT NULL, -- days since 0001-01-01, UTC
  domain    TEXT    NOT NULL,
  key       TEXT    NOT NULL, -- hash of policy and failure
  policy    TEXT    NOT NULL,
  lines     TEXT    NOT NULL,
  mx_hosts  TEXT    NOT NULL,
  result    INTEGER NOT NULL, -- 0: success, and the particulars are empty
  source_ip TEXT    NOT NULL,
  host      TEXT    NOT NULL,
  helo      TEXT    NOT NULL,
  host_ip   TEXT    NOT NULL,
  reason    TEXT    NOT NULL,
  sessions  INTEGER NOT NULL,
  PRIMARY KEY (day, domain, key)
) WITHOUT ROWID;
