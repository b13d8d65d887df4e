using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The cases of the abuse desk. All writes throw <see cref="StoreUnavailableException"/> while the store cannot write.</summary>
public interface IAbuseReports
{
    /// <summary>Keeps a report and gives it its number; durable when the task completes.</summary>
    ValueTask<long> AddAsync(AbuseReport report, CancellationToken cancellationToken = default);

    /// <summary>One case with its evidence; null when there is none of that number.</summary>
    ValueTask<AbuseReport?> FindAsync(long number, CancellationToken cancellationToken = default);

    /// <summary>Cases newest first, without their evidence, with numbers below <paramref name="before"/>; of one source, one tenant, the open ones only, where asked.</summary>
    ValueTask<IReadOnlyList<AbuseReport>> ListAsync(long before, int limit, AbuseSource? source = null, string? tenant = null, bool openOnly = false, CancellationToken cancellationToken = default);

    /// <summary>Decides a case; a later decision takes the place of an earlier one. False when there is no such case.</summary>
    ValueTask<bool> DecideAsync(long number, string verdict, string? action, DateTimeOffset at, CancellationToken cancellationToken = default);
}
