using System.Collections.Concurrent;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;

namespace Grid.Host.Enforcement;

/// <summary>
/// Tenants' vetting files for the hot path: a copy of each, at most 1 s old, renewed at once after a change made in this process. Only
/// asked where a policy judges messages by it. Holds at most 10,000; beyond that it begins anew.
/// </summary>
public sealed class VettingDirectory(IRegistry registry, TimeProvider clock)
{
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (VettingFile File, long ReadAt)> _files = new(StringComparer.Ordinal);

    public ValueTask<VettingFile> FindAsync(string tenant) =>
        _files.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.ReadAt) < MaxAge ? new(known.File) : ReadAsync(tenant);

    /// <summary>The file was changed: the next look reads it again.</summary>
    public void Forget(string tenant) => _files.TryRemove(tenant, out _);

    private async ValueTask<VettingFile> ReadAsync(string tenant)
    {
        var readAt = clock.GetTimestamp();
        var file = await registry.FindAsync<VettingFile>(Registered.Vetting, tenant) ?? VettingFile.Empty;
        if (_files.Count >= MaxTenants)
        {
            _files.Clear();
        }

        _files[tenant] = (file, readAt);
        return file;
    }
}
