using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Host.Enforcement;

/// <summary>
/// Watches the age of cases. In: the clock. Out: figures for the metrics; for each case that nobody looked at in time, one entry on the
/// ledger and one line in the log. Guarantees one alarm a case, also over restarts. Fails by logging; the next round looks again.
/// </summary>
public sealed partial class CaseWatch(IRegistry registry, ILedger ledger, CaseInstruments instruments, TimeProvider clock, ILogger<CaseWatch> log) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    // Alarms that are on the ledger, of cases that are overdue still.
    private HashSet<string> _told = [];

    // A process that died may have closed a case and left it on the list.
    private bool _isChecked;

    /// <summary>Looks at every open case now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (now, open, overdue, oldest) = (clock.GetUtcNow(), 0, 0, (DateTimeOffset?)null);
        IReadOnlyList<KeyValuePair<string, string>> page;
        var told = new HashSet<string>(StringComparer.Ordinal);
        var after = "";
        do
        {
            page = await registry.ListAsync(Registered.OpenCase, after, Page, cancellationToken);
            foreach (var file in page.Select(entry => Registered.Read<OpenCase>(entry.Value)))
            {
                if (!_isChecked && await registry.FindAsync<CaseFile>(Registered.Case, file.Id, cancellationToken) is { ClosedAt: not null })
                {
                    await registry.RemoveAsync(Registered.OpenCase, file.Id, cancellationToken);
                    continue;
                }

                open++;
                oldest = oldest is { } known && known < file.OpenedAt ? known : file.OpenedAt;
                if (file.IsOverdue(now))
                {
                    overdue++;
                    if (!_told.Contains(file.Id))
                    {
                        await AlarmAsync(file, now, cancellationToken);
                    }

                    told.Add(file.Id);
                }
            }

            after = page.Count > 0 ? page[^1].Key : after;
        }
        while (page.Count == Page);

        (_told, _isChecked) = (told, true);
        instruments.Set(open, overdue, oldest is { } first ? now - first : TimeSpan.Zero);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogAgain(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask AlarmAsync(OpenCase file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync("case-overdue-" + file.Id, cancellationToken) is not null)
        {
            return;
        }

        await ledger.AppendAsync(
            new()
            {
                Id = "case-overdue-" + file.Id,
                At = now,
                Subject = Subject.Case(file.Id),
                From = Standing.Active,
                To = Standing.Active,
                Action = "case-overdue",
                Policy = "",
                PolicyVersion = 0,
                Clause = "triage",
                By = "grid",
                Reason = $"nobody looked at the case of {file.Subject} by {file.TriageDue:O}",
                Kind = DecisionKind.Act,
                Case = file.Id,
            },
            cancellationToken);
        LogOverdue(file.Id, file.Subject);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody has looked at case {Id} about {Subject} in time")]
    private partial void LogOverdue(string id, Subject subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cases could not be looked at; trying again")]
    private partial void LogAgain(Exception e);
}
