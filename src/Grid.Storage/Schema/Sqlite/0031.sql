-- Held mail by its tenant; what lists are asked for.
INSERT OR IGNORE INTO registry (kind, key, json) SELECT 'held-of', json_extract(json, '$.tenant') || '/' || key, json FROM registry WHERE kind = 'held';
CREATE INDEX abuse_report_tenant ON abuse_report (tenant, number);
CREATE INDEX abuse_report_source ON abuse_report (source, number);
CREATE INDEX abuse_report_open ON abuse_report (verdict, number) WHERE verdict IS NULL;
CREATE INDEX tls_report_domain ON tls_report (domain, id);
