-- Open cases, and the cases that cost a tenant something, on lists of their own.
INSERT OR IGNORE INTO registry (kind, key, json) SELECT 'case-open', key, json FROM registry WHERE kind = 'case' AND json_extract(json, '$.closedAt') IS NULL;
INSERT OR IGNORE INTO registry (kind, key, json)
  SELECT DISTINCT 'case-cost', coalesce(json_extract(note.value, '$.tenant'), CASE json_extract(entry.json, '$.subject.kind') WHEN 0 THEN json_extract(entry.json, '$.subject.key') END) || '/' || entry.key, '{}'
  FROM registry AS entry, json_each(entry.json, '$.notes') AS note
  WHERE entry.kind = 'case' AND json_extract(note.value, '$.kind') = 'cost';
