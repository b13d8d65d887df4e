-- Times are milliseconds since 1970-01-01 UTC unless a name says otherwise. Enumerations are the numbers of the vocabulary.

CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  tenant      TEXT    NOT NULL,
  accepted_at INTEGER NOT NULL,
  stream      INTEGER NOT NULL,
  campaign    TEXT,
  details     TEXT,
  recipients  INTEGER NOT NULL
);

CREATE TABLE body (
  message INTEGER PRIMARY KEY,
  bytes   BLOB NOT NULL
);

-- Live recipients only. Ids ascend, so inserts are appends. waiting = 0: the owner's memory holds it, and no index entry is paid.
CREATE TABLE envelope (
  message     INTEGER NOT NULL,
  recipient   INTEGER NOT NULL,
  tenant      TEXT    NOT NULL,
  domain      TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  pool        TEXT    NOT NULL,
  flags       INTEGER NOT NULL,
  size        INTEGER NOT NULL,
  recipients  INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  due         INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  waiting     INTEGER NOT NULL,
  PRIMARY KEY (message, recipient)
) WITHOUT ROWID;

CREATE INDEX envelope_waiting ON envelope (tenant, domain, due, message, recipient, pool) WHERE waiting = 1;

CREATE TABLE outcome (
  position       INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  kind           INTEGER NOT NULL,
  message        INTEGER NOT NULL,
  recipient      INTEGER NOT NULL,
  tenant         TEXT    NOT NULL,
  address        TEXT    NOT NULL,
  domain         TEXT    NOT NULL,
  stream         INTEGER NOT NULL,
  site           TEXT    NOT NULL,
  ip             TEXT    NOT NULL,
  attempt        INTEGER NOT NULL,
  reply_code     INTEGER,
  reply_enhanced TEXT,
  reply_text     TEXT,
  reason         INTEGER NOT NULL,
  about          INTEGER NOT NULL,
  hard           INTEGER NOT NULL,
  delivered_at   INTEGER,
  clause         TEXT
);

CREATE INDEX outcome_message ON outcome (message);

-- What follows a delivery is logged once for each recipient and kind.
CREATE UNIQUE INDEX outcome_after_delivery ON outcome (message, recipient, kind) WHERE kind IN (7, 8) OR delivered_at IS NOT NULL;

CREATE TABLE outcome_day (
  day    INTEGER NOT NULL, -- days since 1970-01-01
  tenant TEXT    NOT NULL,
  ip     TEXT    NOT NULL,
  domain TEXT    NOT NULL,
  kind   INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  PRIMARY KEY (day, tenant, ip, domain, kind)
) WITHOUT ROWID;

CREATE TABLE idempotency (
  tenant   TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  hash     BLOB    NOT NULL,
  response BLOB    NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
);

CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE decision (
  seq  INTEGER PRIMARY KEY,
  id   TEXT    NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  key  TEXT    NOT NULL,
  at   INTEGER NOT NULL,
  json TEXT    NOT NULL
);

CREATE INDEX decision_subject ON decision (kind, key, seq);

CREATE TABLE standing (
  kind     INTEGER NOT NULL,
  key      TEXT    NOT NULL,
  standing INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  json     TEXT    NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE suppression (
  tenant  TEXT    NOT NULL,
  address TEXT    NOT NULL,
  reason  INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  by      TEXT    NOT NULL,
  detail  TEXT,
  PRIMARY KEY (tenant, address)
) WITHOUT ROWID;

CREATE TABLE api_key (
  id         TEXT    NOT NULL PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  hash       BLOB    NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE INDEX api_key_tenant ON api_key (tenant);

CREATE TABLE registry (
  kind TEXT NOT NULL,
  key  TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE grain_state (
  name TEXT NOT NULL,
  id   TEXT NOT NULL,
  etag TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (name, id)
);

CREATE TABLE reminder (
  grain_id     TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  start_ticks  INTEGER NOT NULL, -- of 100 ns since 0001-01-01 UTC
  period_ticks INTEGER NOT NULL, -- of 100 ns
  etag         TEXT    NOT NULL,
  PRIMARY KEY (grain_id, name)
) WITHOUT ROWID;

CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,
  bytes  BLOB
) WITHOUT ROWID;
