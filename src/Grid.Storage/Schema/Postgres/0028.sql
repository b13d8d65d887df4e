-- Open cases, and the cases that cost a tenant something, on lists of their own.
INSERT INTO registry (kind, key, json) SELECT 'case-open', key, json FROM registry WHERE kind = 'case' AND json::jsonb ->> 'closedAt' IS NULL ON CONFLICT DO NOTHING;
INSERT INTO registry (kind, key, json)
  SELECT DISTINCT 'case-cost', coalesce(note ->> 'tenant', entry.json::jsonb -> 'subject' ->> 'key') || '/' || entry.key, '{}'
  FROM registry AS entry CROSS JOIN LATERAL jsonb_array_elements(entry.json::jsonb -> 'notes') AS note
  WHERE entry.kind = 'case' AND note ->> 'kind' = 'cost' AND (note ->> 'tenant' IS NOT NULL OR entry.json::jsonb -> 'subject' ->> 'kind' = '0')
  ON CONFLICT DO NOTHING;
