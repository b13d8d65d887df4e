using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Counters;
using Grid.Storage.Enforcement;
using Grid.Storage.Feedback;
using Grid.Storage.Ingress;
using Grid.Storage.Outcomes;
using Grid.Storage.Queue;
using Grid.Storage.Sql;
using Grid.Storage.State;
using Grid.Storage.Writing;
using Microsoft.Extensions.Logging;

namespace Grid.Storage;

/// <summary>
/// Everything durable, whichever provider keeps it.
/// In: options, then calls of the ports. Out: the ports.
/// Guarantees that a write is durable when its task completes, whatever happens to the process or the power after that; that one thread
/// writes, in group commit; and that a process finds what an earlier one of the same owner left.
/// Fails with <see cref="StoreUnavailableException"/> while it cannot write, and recovers by itself. Use the ports only between
/// <see cref="OpenAsync"/> and <see cref="CloseAsync"/>; a store is opened once.
/// </summary>
public abstract class GridStore : IStoreLifetime, IAsyncDisposable
{
    private readonly Suppressions _suppressions;
    private readonly Spool _spool;
    private readonly DeliveryMarks _marks = new();
    private Janitor? _janitor;
    private FolderLock? _lock;

    private protected GridStore(StoreOptions options, TimeProvider clock, ILogger logger)
    {
        if (options.Fault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        Options = options;
        Clock = clock;
        Logger = logger;
        Writer = new(clock, logger);
        Reads = new(OpenReaderAsync, IsOutage, ReadsBlock);
        _suppressions = new(Writer, Reads);
        AbuseReports = new AbuseReports(Writer, Reads);
        Consents = new Consents(Writer, Reads);
        TlsReports = new TlsReports(Writer, Reads, options.OwnerName);
        _spool = new(Writer, Reads, () => Mine, groups: !ReadsBlock);
        Outcomes = new OutcomeLog(Writer, Reads, () => Mine, () => CheckpointName);
        LookUp = new OutcomeLookUp(Reads, () => Mine);
        Webhooks = new Webhooks(Writer, Reads, options.OwnerName);
        History = new OutcomeHistory(Reads, LogsAsync);
        Ledger = new Ledger(Writer, Reads);
        Keys = new KeyRing(Writer, Reads, clock, BelieveKeysFor);
        DkimKeys = new DkimKeys(Writer, Reads);
        Holds = new(Reads);
        DsnNotices = new DsnNotices(Writer, Reads, () => options.BodyRetention > TimeSpan.Zero || Holds.Any);
        Incidents = new IncidentBook(Reads);
        Cases = new Cases(Reads);
        Registry = new Registry(Writer, Reads, Holds);
        States = new GrainStateStore(Writer, Reads);
        Reminders = new ReminderStore(Writer, Reads);
    }

    /// <summary>The durable queue.</summary>
    public ISpool Spool => _spool;

    /// <summary>Envelopes of a dead owner are this one's now.</summary>
    private protected void TellAdopted() => _spool.TellAdopted();

    /// <summary>The outcome log.</summary>
    public IOutcomeLog Outcomes { get; }

    /// <summary>The outcome log, looked back into.</summary>
    public IOutcomeLookUp LookUp { get; }

    /// <summary>Where tenants want their outcomes sent.</summary>
    public IWebhooks Webhooks { get; }

    /// <summary>Every owner's outcomes, for looking back.</summary>
    public IOutcomeHistory History { get; }

    /// <summary>Decisions and standings.</summary>
    public ILedger Ledger { get; }

    /// <summary>The ledger's incidents.</summary>
    public IIncidentBook Incidents { get; }

    /// <summary>The registry's cases.</summary>
    public ICases Cases { get; }

    /// <summary>Addresses not to be mailed.</summary>
    public ISuppressions Suppressions => _suppressions;

    /// <summary>Cases of the abuse desk.</summary>
    public IAbuseReports AbuseReports { get; }

    /// <summary>How recipients agreed to be mailed.</summary>
    public IConsents Consents { get; }

    /// <summary>What senders are told.</summary>
    public IDsnNotices DsnNotices { get; }

    /// <summary>Counts of TLS sessions, and reports about them.</summary>
    public ITlsReports TlsReports { get; }

    /// <summary>API keys.</summary>
    public IKeyRing Keys { get; }

    /// <summary>Keys that sign mail.</summary>
    public IDkimKeys DkimKeys { get; }

    /// <summary>Named documents.</summary>
    public IRegistry Registry { get; }

    /// <summary>State of grains.</summary>
    public IGrainStateStore States { get; }

    /// <summary>Reminders.</summary>
    public IReminderStore Reminders { get; }

    /// <summary>Marks of deliveries not yet committed.</summary>
    public IDeliveryMarks Marks => _marks;

    /// <summary>Transactions committed for callers since the store was opened; many writes share one.</summary>
    public long Commits => Writer.Commits;

    internal StoreOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal ILogger Logger { get; }

    internal GroupWriter Writer { get; }

    internal ReadPool Reads { get; }

    /// <summary>The store's housekeeping; null while it isn't open.</summary>
    internal Janitor? Janitor => _janitor;

    /// <summary>What is held for the law.</summary>
    internal LegalHolds Holds { get; }

    private protected Suppressions Learned => _suppressions;

    /// <summary>Condition on rows that this owner owns.</summary>
    internal abstract string Mine { get; }

    internal abstract string CheckpointName { get; }

    /// <summary>A condition on the rows of each owner's log.</summary>
    private protected abstract ValueTask<IReadOnlyList<string>> LogsAsync(CancellationToken cancellationToken);

    private protected abstract bool ReadsBlock { get; }

    private protected abstract TimeSpan? BelieveKeysFor { get; }

    /// <inheritdoc />
    public async ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        _lock = new(Options.Folder);
        try
        {
            Writer.Start(await OpenWriterAsync(cancellationToken));
            await _marks.OpenAsync(Options.Folder, IsLiveAsync);
            _janitor = new(this);
            _janitor.Start();
        }
        catch
        {
            await CloseAsync(CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask CloseAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _lock, null) is not { } held)
        {
            return;
        }

        using (held)
        {
            if (_janitor is not null)
            {
                await _janitor.StopAsync();
            }

            await QuiesceAsync();
            Writer.Stop();
            Reads.Dispose();
            await ReleaseAsync();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask<bool> IsLiveAsync(EnvelopeKey key) =>
        await Reads.FirstAsync<object>("SELECT 1 FROM envelope WHERE message = $1 AND recipient = $2", [key.Message.Value, key.Recipient], static row => row, default) is not null;

    /// <summary>Opens the store for writing, migrates it, takes ownership, adopts what an earlier process left.</summary>
    private protected abstract ValueTask<IWriteSession> OpenWriterAsync(CancellationToken cancellationToken);

    private protected abstract ValueTask<SqlSession> OpenReaderAsync(CancellationToken cancellationToken);

    private protected abstract bool IsOutage(Exception exception);

    /// <summary>Ends background work, before the last write.</summary>
    private protected abstract ValueTask QuiesceAsync();

    /// <summary>Gives up ownership, after the last write.</summary>
    private protected abstract ValueTask ReleaseAsync();
}
