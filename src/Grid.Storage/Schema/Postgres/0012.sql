-- Keys that sign mail, private halves sealed. A name in the DNS has one key: selectors differ within a domain, whoever sends from it.
CREATE TABLE dkim_key (
  domain      TEXT COLLATE "C" NOT NULL,
  selector    TEXT COLLATE "C" NOT NULL,
  tenant      TEXT COLLATE "C" NOT NULL,
  state       INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  since       BIGINT NOT NULL,
  public_key  BYTEA NOT NULL,
  sealed_key  BYTEA NOT NULL,
  checked_at  BIGINT,
  check_words TEXT,
  PRIMARY KEY (domain, selector)
);

CREATE INDEX dkim_key_tenant ON dkim_key (tenant);

-- One key signs for a tenant and domain.
CREATE UNIQUE INDEX dkim_key_active ON dkim_key (tenant, domain) WHERE state = 1;
