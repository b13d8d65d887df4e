-- Who is told what becomes of a message (RFC 3461): RET, ENVID and the return path that the submitter gave; absent where nobody is.
ALTER TABLE message ADD COLUMN dsn TEXT;

-- Recipients with parameters of RFC 3461. notify: absent where not given; original: ORCPT.
CREATE TABLE dsn_recipient (
  message   BIGINT NOT NULL,
  recipient INTEGER NOT NULL,
  notify    INTEGER,
  original  TEXT,
  PRIMARY KEY (message, recipient)
);

-- What a sender is told: once for each recipient and action. report: the message that told it.
CREATE TABLE dsn_notice (
  message   BIGINT NOT NULL,
  recipient INTEGER NOT NULL,
  action    INTEGER NOT NULL,
  at        BIGINT NOT NULL,
  said      TEXT,
  state     INTEGER NOT NULL DEFAULT 0,
  report    BIGINT,
  PRIMARY KEY (message, recipient, action)
);

CREATE INDEX dsn_notice_due ON dsn_notice (at, message) WHERE state = 0;
