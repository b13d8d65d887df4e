-- The ledger is a chain: each entry has its number in it (link, from 1, without gaps), the hash of the entry before, and its own.
-- The head of the chain stands in meta under "ledger", so that a missing end is noticed too.
ALTER TABLE decision ADD COLUMN link BIGINT;
ALTER TABLE decision ADD COLUMN previous BYTEA;
ALTER TABLE decision ADD COLUMN hash BYTEA;
CREATE UNIQUE INDEX decision_link ON decision (link);

-- What a judgement needs besides the count: hard bounces, refusals for reputation, deliveries at receivers that report complaints.
ALTER TABLE outcome_day ADD COLUMN hard BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outcome_day ADD COLUMN blocks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outcome_day ADD COLUMN reporting BIGINT NOT NULL DEFAULT 0;
