-- Campaign of a recipient's message, as a campaign's mail can be held. waiting = 2: it is held while other mail of its tenant goes, and waits aside, in nobody's way.
ALTER TABLE envelope ADD COLUMN campaign TEXT;
UPDATE envelope SET campaign = (SELECT campaign FROM message WHERE id = envelope.message) WHERE message IN (SELECT id FROM message WHERE campaign IS NOT NULL);
CREATE INDEX envelope_aside ON envelope (tenant, message, recipient) WHERE waiting = 2;
