using System.Data.Common;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Outcomes;

/// <summary>Webhooks, and this owner's progress with each.</summary>
/// <param name="owner">Name of this owner, whose log the progress is about.</param>
internal sealed class Webhooks(GroupWriter writer, ReadPool reads, string owner) : IWebhooks
{
    private const string Columns = "tenant, name, url, events, format, secret, created_at, old_secret, old_until, paused_at, pause_reason";
    private const string ProgressColumns = "tenant, name, position, through, attempts, failing_since, next_at, last_success_at, last_failure_at, last_error, owner";

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Webhook>> ListAsync(string afterTenant, string afterName, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"SELECT {Columns} FROM webhook WHERE (tenant, name) > ($1, $2) ORDER BY tenant, name LIMIT $3", [afterTenant, afterName, limit], Read, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Webhook>> ListAsync(string tenant, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM webhook WHERE tenant = $1 ORDER BY name", [tenant], Read, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Webhook?> FindAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        reads.FirstAsync($"SELECT {Columns} FROM webhook WHERE tenant = $1 AND name = $2", [tenant, name], Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask PutAsync(Webhook webhook, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute(
                $"""
                 INSERT INTO webhook ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT (tenant, name) DO UPDATE SET url = excluded.url, events = excluded.events, format = excluded.format, secret = excluded.secret,
                   old_secret = excluded.old_secret, old_until = excluded.old_until, paused_at = excluded.paused_at, pause_reason = excluded.pause_reason
                 """,
                webhook.Tenant, webhook.Name, webhook.Url, webhook.Events.Bits, (int)webhook.Format, webhook.Secret, webhook.CreatedAt.ToStored(),
                webhook.OldSecret, webhook.OldSecretUntil?.ToStored(), webhook.PausedAt?.ToStored(), webhook.PauseReason),
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session =>
            {
                session.Execute("DELETE FROM webhook_progress WHERE tenant = $1 AND name = $2", tenant, name);
                return session.Execute("DELETE FROM webhook WHERE tenant = $1 AND name = $2", tenant, name);
            },
            cancellationToken) > 0;

    /// <inheritdoc />
    public ValueTask<WebhookProgress?> ReadProgressAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        reads.FirstAsync(
            $"SELECT {ProgressColumns} FROM webhook_progress WHERE owner = $1 AND tenant = $2 AND name = $3", [owner, tenant, name], ReadProgress, cancellationToken);

    /// <inheritdoc />
    public async ValueTask WriteProgressAsync(WebhookProgress progress, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Scalar("SELECT 1 FROM webhook WHERE tenant = $1 AND name = $2", progress.Tenant, progress.Name) is null ? 0 : session.Execute(
                $"""
                 INSERT INTO webhook_progress ({ProgressColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT (owner, tenant, name) DO UPDATE SET position = excluded.position, through = excluded.through, attempts = excluded.attempts,
                   failing_since = excluded.failing_since, next_at = excluded.next_at, last_success_at = excluded.last_success_at,
                   last_failure_at = excluded.last_failure_at, last_error = excluded.last_error
                 """,
                progress.Tenant, progress.Name, progress.Position, progress.Through, progress.Attempts, progress.FailingSince?.ToStored(), progress.NextAt?.ToStored(),
                progress.LastSuccessAt?.ToStored(), progress.LastFailureAt?.ToStored(), progress.LastError, owner),
            cancellationToken);

    private static Webhook Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), new(row.GetInt32(3)), (WebhookFormat)row.GetInt32(4), row.GetBytes(5), row.GetTime(6))
    {
        OldSecret = row.IsDBNull(7) ? null : row.GetBytes(7),
        OldSecretUntil = Time(row, 8),
        PausedAt = Time(row, 9),
        PauseReason = row.GetText(10),
    };

    private static WebhookProgress ReadProgress(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2))
    {
        Through = row.GetInt64(3),
        Attempts = row.GetInt32(4),
        FailingSince = Time(row, 5),
        NextAt = Time(row, 6),
        LastSuccessAt = Time(row, 7),
        LastFailureAt = Time(row, 8),
        LastError = row.GetText(9),
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);
}
