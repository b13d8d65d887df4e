using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Embedded.Activations;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>
/// The reminders of all grains. In come registrations, which are written to the <see cref="IReminderTable"/> before they count, and at start
/// the whole table; out go ticks (<see cref="ReminderClock"/>). Guarantees: a reminder survives a restart, and one that fell due while the
/// process was down ticks soon after the start (and so perhaps once more than it should). Bounded by the rows of the table, which are held in memory.
/// What fails: a table that cannot be read fails the start; one that cannot be written fails the grain's call.
/// </summary>
internal sealed class ReminderRegistry(IReminderTable table, IOptions<ReminderOptions> options, Silo silo) : IDisposable
{
    private readonly ReminderClock _clock = new(silo);

    public static ReminderRegistry Of(Activation activation) =>
        activation.Silo.Services.GetService<ReminderRegistry>()
        ?? throw new InvalidOperationException("Reminders are not there: call AddReminders() on the silo builder and register an IReminderTable.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        var all = await table.ReadRows(0, 0);
        foreach (var entry in all.Reminders)
        {
            _clock.Set(entry);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _clock.Dispose();
        await table.StopAsync(cancellationToken);
    }

    public async Task<IGrainReminder> RegisterOrUpdate(IGrainBase grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, options.Value.MinimumReminderPeriod);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        if (grain is not IRemindable)
        {
            throw new InvalidOperationException($"{grain.GetType().FullName} is not {nameof(IRemindable)}.");
        }

        var now = silo.Clock.GetUtcNow().UtcDateTime;
        var entry = new ReminderEntry
        {
            GrainId = grain.GrainContext.GrainId,
            ReminderName = name,
            StartAt = dueTime < DateTime.MaxValue - now ? now + dueTime : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            Period = period,
        };
        entry.ETag = await table.UpsertRow(entry) ?? throw new ReminderException($"The reminder {entry} could not be stored.");
        _clock.Set(entry);
        return new StoredReminder(entry.GrainId, name, entry.ETag);
    }

    public async Task Unregister(IGrainBase grain, IGrainReminder reminder)
    {
        if (reminder is not StoredReminder stored || stored.GrainId != grain.GrainContext.GrainId)
        {
            throw new ArgumentException("The reminder is not one of this grain.", nameof(reminder));
        }

        if (!await table.RemoveRow(stored.GrainId, stored.ReminderName, stored.ETag!))
        {
            throw new ReminderException($"The reminder {stored.ReminderName} of {stored.GrainId} was changed or removed since it was read.");
        }

        _clock.Cancel(stored.GrainId, stored.ReminderName);
    }

    public async Task<IGrainReminder?> Get(IGrainBase grain, string name) =>
        await table.ReadRow(grain.GrainContext.GrainId, name) is { } entry ? new StoredReminder(entry.GrainId, entry.ReminderName, entry.ETag) : null;

    public async Task<List<IGrainReminder>> List(IGrainBase grain)
    {
        var all = await table.ReadRows(grain.GrainContext.GrainId);
        return [.. all.Reminders.Select(static entry => new StoredReminder(entry.GrainId, entry.ReminderName, entry.ETag))];
    }

    public void Dispose() => _clock.Dispose();
}
