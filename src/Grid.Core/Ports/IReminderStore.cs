namespace Grid.Core.Ports;

/// <summary>Reminders: wake-up calls that survive a restart.</summary>
public interface IReminderStore
{
    ValueTask<IReadOnlyList<StoredReminder>> ListAsync(CancellationToken cancellationToken = default);

    ValueTask<IReadOnlyList<StoredReminder>> ListAsync(string grainId, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces; returns the new ETag.</summary>
    ValueTask<string> WriteAsync(StoredReminder reminder, CancellationToken cancellationToken = default);

    /// <summary>False when there is none or the ETag is stale.</summary>
    ValueTask<bool> RemoveAsync(string grainId, string name, string etag, CancellationToken cancellationToken = default);
}
