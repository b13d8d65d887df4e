using Grid.Host.Api.Model;

namespace Grid.Host.Demo.Tenants;

/// <summary>
/// One tenant's application. In: time. Out: batches over the HTTP API, two a second. What the grid refuses is said once and not sent
/// again; after a refusal for its standing the application asks again every ten seconds, as badly written ones do.
/// </summary>
internal sealed class Traffic(DemoTenant tenant, string key, DemoApi api, Journal journal, TimeProvider clock)
{
    private const int BatchesPerSecond = 2;
    private const string Text =
        "Hello,\n\nthis is a message of the demo. It was handed over through the HTTP API, waits in the queue, and is delivered over SMTP to a receiver on this machine.\n\nGoodbye\n";

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    private double _share = 1;
    private double _owed;
    private long _next;
    private string? _refused;

    /// <summary>Share of the tenant's rate that is sent, above 0 and up to 1.</summary>
    public double Share
    {
        get => Volatile.Read(ref _share);
        set => Volatile.Write(ref _share, value);
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / BatchesPerSecond, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            _owed += tenant.PerSecond * Share / BatchesPerSecond;
            if (_owed < 1)
            {
                continue;
            }

            var messages = Enumerable.Range(0, (int)_owed).Select(_ => Message(_next++)).ToList();
            _owed -= messages.Count;
            if (await api.SubmitAsync(key, new(messages), cancellationToken) is { } problem)
            {
                await RefusedAsync(problem, cancellationToken);
            }
        }
    }

    private OutgoingMessage Message(long n) => new(
        From: $"{tenant.Name.Split(',')[0]} <hello@{tenant.Domain}>",
        To: [Audience.Address(tenant, n)],
        Cc: null,
        Bcc: null,
        ReplyTo: null,
        Subject: tenant.Subject,
        Text: Text,
        Html: null,
        Headers: null,
        Attachments: null,
        Stream: tenant.TransactionalOneIn > 0 && n % tenant.TransactionalOneIn == 0 ? "transactional" : "bulk",
        Campaign: null,
        Metadata: null,
        SendAt: null,
        Consent: null);

    private async Task RefusedAsync(ProblemBody problem, CancellationToken cancellationToken)
    {
        var words = $"tenant/{tenant.Id} is answered {problem.Status} {problem.Title}{(problem.Clause is null ? "" : $", clause {problem.Clause}")}: {problem.Detail}";
        if (_refused != problem.Type)
        {
            journal.Add(words);
            _refused = problem.Type;
        }

        await Task.Delay(AskAgain, clock, cancellationToken);
    }
}
