-- Recipients who were asked by mail to confirm that they agree.
CREATE TABLE confirmation (
  id           TEXT    NOT NULL PRIMARY KEY,
  tenant       TEXT    NOT NULL,
  address      TEXT    NOT NULL, -- normal form
  topic        TEXT    NOT NULL,
  recipient    TEXT    NOT NULL, -- the address as it was given
  list         TEXT    NOT NULL,
  source       TEXT,
  notice       TEXT,
  asked_at     INTEGER NOT NULL,
  sent_at      INTEGER NOT NULL,
  sent         INTEGER NOT NULL,
  message      INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  confirmed_at INTEGER
) WITHOUT ROWID;

CREATE UNIQUE INDEX confirmation_of ON confirmation (tenant, address, topic);
CREATE INDEX confirmation_expiry ON confirmation (expires_at);
