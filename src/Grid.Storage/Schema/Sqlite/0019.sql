-- How recipients agreed to be mailed: one row for a tenant, address and topic, the latest that is known.
CREATE TABLE consent (
  tenant      TEXT    NOT NULL,
  address     TEXT    NOT NULL, -- normal form
  topic       TEXT    NOT NULL, -- empty: whatever the tenant sends
  method      TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  ip          TEXT,
  source      TEXT,
  evidence    TEXT,
  channel     TEXT,
  pre_ticked  INTEGER, -- 0 or 1
  notice      TEXT,
  list        TEXT    NOT NULL, -- empty: none is named
  basis       TEXT    NOT NULL,
  given_to    TEXT,
  revoked_at  INTEGER,
  revoked_by  TEXT,
  recorded_at INTEGER NOT NULL,
  by          TEXT    NOT NULL,
  PRIMARY KEY (tenant, address, topic)
) WITHOUT ROWID;

CREATE INDEX consent_list ON consent (tenant, list);
