-- How recipients agreed to be mailed: one row for a tenant, address and topic, the latest that is known.
CREATE TABLE consent (
  tenant      TEXT COLLATE "C" NOT NULL,
  address     TEXT COLLATE "C" NOT NULL, -- normal form
  topic       TEXT COLLATE "C" NOT NULL, -- empty: whatever the tenant sends
  method      TEXT    NOT NULL,
  at          BIGINT NOT NULL,
  ip          TEXT,
  source      TEXT,
  evidence    TEXT,
  channel     TEXT,
  pre_ticked  INTEGER, -- 0 or 1
  notice      TEXT,
  list        TEXT    NOT NULL, -- empty: none is named
  basis       TEXT    NOT NULL,
  given_to    TEXT,
  revoked_at  BIGINT,
  revoked_by  TEXT,
  recorded_at BIGINT NOT NULL,
  by          TEXT    NOT NULL,
  PRIMARY KEY (tenant, address, topic)
);

CREATE INDEX consent_list ON consent (tenant, list);
