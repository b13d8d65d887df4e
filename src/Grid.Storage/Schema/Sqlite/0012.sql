-- Keys that sign mail, private halves sealed. A name in the DNS has one key: selectors differ within a domain, whoever sends from it.
CREATE TABLE dkim_key (
  domain      TEXT    NOT NULL,
  selector    TEXT    NOT NULL,
  tenant      TEXT    NOT NULL,
  state       INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  since       INTEGER NOT NULL,
  public_key  BLOB    NOT NULL,
  sealed_key  BLOB    NOT NULL,
  checked_at  INTEGER,
  check_words TEXT,
  PRIMARY KEY (domain, selector)
) WITHOUT ROWID;

CREATE INDEX dkim_key_tenant ON dkim_key (tenant);

-- One key signs for a tenant and domain.
CREATE UNIQUE INDEX dkim_key_active ON dkim_key (tenant, domain) WHERE state = 1;
