using Grid.Bench.Engine;
using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Counters;
using Grid.Grains.Enforcement;
using Grid.Grains.Feedback;
using Grid.Grains.Ingress;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Host.Wiring;
using Grid.Storage;
using Grid.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace Grid.Grains.Tests.Beds;

/// <summary>A grid in one process: the engine, the grains, the stages and the SQLite store on a manual clock, with scripted receivers.</summary>
internal sealed class GridBed : IAsyncDisposable
{
    public const string Node = "test";
    public const string Ip = "192.0.2.1";
    public const string Tenant = "acme";

    private readonly IHost _host;
    private bool _ended;

    private GridBed(IHost host, BedOptions options)
    {
        _host = host;
        Options = options;
    }

    public BedOptions Options { get; }

    public ManualClock Clock => Options.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IGrainFactory Grains => Get<IGrainFactory>();

    public ISpool Spool => Get<ISpool>();

    public ScriptedTransport Transport => Get<ScriptedTransport>();

    public InterceptedStates States => Get<InterceptedStates>();

    public Intercepted<ISpool> SpoolControl => Get<Intercepted<ISpool>>();

    public Intercepted<ILedger> LedgerControl => Get<Intercepted<ILedger>>();

    public Intercepted<ISuppressions> SuppressionsControl => Get<Intercepted<ISuppressions>>();

    /// <summary>From now on a step of changing a policy fails, and all that come after it: a kind of the registry's documents, or the ledger's method.</summary>
    public void Break(string step)
    {
        var broken = false;
        Get<Intercepted<IRegistry>>().BeforeCall = (_, arguments) => Fail(broken |= arguments is [string kind, ..] && kind == step);
        LedgerControl.Before = method => Fail(broken |= method == step);

        static void Fail(bool fails) => _ = fails ? throw new StoreUnavailableException("broken by the test") : 0;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts one in a folder of its own, or in that of an earlier one.</summary>
    public static async Task<GridBed> StartAsync(BedOptions? options = null)
    {
        options ??= new();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(options.Clock);
        services.AddGridStore(new StoreOptions { Folder = options.Folder, OwnerName = Node });
        Intercept(services, store => store.Spool);
        Intercept(services, store => store.Ledger);
        Intercept(services, store => store.Suppressions);
        Intercept(services, store => store.Registry);
        services.AddSingleton(provider => new InterceptedStates(ActivatorUtilities.CreateInstance<GridGrainStorage>(provider)));
        services.AddKeyedSingleton<IGrainStorage>("grid", (provider, _) => provider.GetRequiredService<InterceptedStates>());
        services.AddSingleton<IReminderTable, GridReminders>();
        builder.UseOrleans(silo =>
        {
            EngineSilo.Configure(silo);
            silo.AddReminders().Configure<GrainCollectionOptions>(options.Collects ? GrainAges.Configure : static collection => collection.CollectionAge = TimeSpan.FromDays(3650));
        });

        services.AddSingleton(new NodeIdentity(Node, 1));
        services.AddSingleton(new ScriptedPolicies(options));
        services.AddSingleton<IPolicyReader>(provider => provider.GetRequiredService<ScriptedPolicies>());
        services.AddSingleton(options.Schedule);
        services.AddSingleton(options.Queue);
        services.AddSingleton(options.Sending);
        services.AddSingleton(new GridRuntimeOptions(TimeSpan.FromSeconds(30)));
        services.AddSingleton(new MessageToken(new byte[16], "return-path"));
        services.AddSingleton(provider => new ShapingBook(options.Shaping, provider.GetRequiredService<IRegistry>(), provider.GetRequiredService<PermitBook>(), options.Clock));
        services.AddSingleton<IShapingSource>(provider => provider.GetRequiredService<ShapingBook>());
        services.AddSingleton<ScriptedRouter>();
        services.AddSingleton<IRouter>(provider => provider.GetRequiredService<ScriptedRouter>());
        services.AddSingleton<IMessageSigner, NoSigner>();
        services.AddSingleton(new TlsSessionBook(new NoSts(), options.Clock, isOn: true));
        services.AddSingleton<ITlsSessions>(provider => provider.GetRequiredService<TlsSessionBook>());
        services.AddSingleton<ScriptedTransport>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<ScriptedTransport>());
        foreach (var stage in (Type[])
        [
            typeof(StageInstruments), typeof(MessageIds), typeof(Readiness), typeof(Intake), typeof(Pauses), typeof(ReadyQueues), typeof(ActiveWindow), typeof(HeldMail), typeof(QueueControl), typeof(PermitBook),
            typeof(PoolDirectory), typeof(SenderStop), typeof(SenderLanes), typeof(SiteConnections), typeof(Courier), typeof(Dispatcher), typeof(BouncedAddresses), typeof(OutcomeDesk), typeof(Projector), typeof(FeedbackDesk), typeof(UnsubscribeDesk),
            typeof(PolicyBook), typeof(AccountServices), typeof(ReplyWatch),
        ])
        {
            services.AddSingleton(stage);
        }

        if (options.Run)
        {
            services.AddHostedService<GridRuntime>();
        }

        var host = builder.Build();
        var bed = new GridBed(host, options);
        await bed.Get<IStoreLifetime>().OpenAsync();
        if (options.Ips.Count > 0)
        {
            foreach (var ip in options.Ips)
            {
                await bed.Get<IRegistry>().PutAsync(Registered.Ip, ip, new IpSpec("default", "mail.example.net", null));
            }
        }

        options.Prepare(bed);
        if (!options.Run)
        {
            bed.Get<Projector>().Attach();
        }

        await host.StartAsync();
        return bed;
    }

    /// <summary>As kill -9: what isn't committed is gone. Another bed may follow in the same folder.</summary>
    public async Task KillAsync()
    {
        _ended = true;
        await Get<IStoreLifetime>().CloseAsync();
        await EndAsync(new CancellationToken(canceled: true));
    }

    /// <summary>A clean end.</summary>
    public async Task StopAsync()
    {
        _ended = true;
        await EndAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await StopAsync();
        }

        if (Directory.Exists(Options.Folder))
        {
            Directory.Delete(Options.Folder, recursive: true);
        }
    }

    public ITenantGrain TenantGrain(string id = Tenant) => Grains.GetGrain<ITenantGrain>(id);

    public ISendingIpGrain IpGrain(string address = Ip) => Grains.GetGrain<ISendingIpGrain>(address);

    public IRecipientDomainGrain DomainGrain(string name = "example.com") => Grains.GetGrain<IRecipientDomainGrain>(name);

    public ValueTask<bool> PutTenantAsync(string id = Tenant, TenantLimits? limits = null) =>
        TenantGrain(id).Put(new(id, "default", "default", null, limits ?? new(), ["example.net"]));

    /// <summary>Has an IP to send from, where it began without.</summary>
    public async Task AddIpAsync()
    {
        await IpGrain().Put(new("default", "mail.example.net", null));
        await Get<PoolDirectory>().RefreshAsync(default);
    }

    /// <summary>A message of a tenant as its gate would hand it over.</summary>
    public Submission Message(IReadOnlyList<string> recipients, MailStream stream = MailStream.Bulk, DateTimeOffset? sendAt = null) => new()
    {
        Id = Get<Intake>().NextId(),
        Body = "Subject: a test\r\n\r\nHello\r\n"u8.ToArray(),
        Recipients = [.. recipients.Select(r => new SubmittedRecipient(r, r[(r.IndexOf('@', StringComparison.Ordinal) + 1)..].ToLowerInvariant()))],
        Stream = stream,
        SendAt = sendAt,
    };

    /// <summary>Submits one message; it must be accepted.</summary>
    public Task<MessageId> SubmitAsync(params string[] recipients) => SubmitAsync(Tenant, Message(recipients));

    /// <inheritdoc cref="SubmitAsync(string[])"/>
    public async Task<MessageId> SubmitAsync(string tenant, Submission message) =>
        Assert.IsType<IntakeResult.Accepted>(await Get<Intake>().AcceptAsync(tenant, [message], null, default)).Messages[0].Id;

    /// <summary>Kinds of a message's outcomes so far.</summary>
    public async Task<IEnumerable<OutcomeKind>> HistoryAsync(MessageId id) => (await Spool.FindAsync(id))!.History.Select(r => r.Kind);

    /// <summary>Waits for the last of a message's outcomes to be this.</summary>
    public Task EndsAsync(MessageId id, OutcomeKind kind) => Until.Async(
        () => Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History is { Count: > 0 } history && history[^1].Kind == kind, $"a message is {kind}");

    /// <summary>Moves the clock on in small steps, waiting for others in between, until it is so.</summary>
    public Task PassAsync(TimeSpan step, Func<bool> until, string what) => Until.Async(until, what, () => Clock.Advance(step));

    public IPermitHolder Reference(Holder holder) => Grains.CreateObjectReference<IPermitHolder>(holder);

    /// <summary>Ends a grain's activation so that nothing of what it has not saved remains.</summary>
    public async Task DropAsync(IAccountGrain grain)
    {
        var id = grain.GetGrainId();
        var before = States.BeforeWrite;
        States.BeforeWrite = one => one == id ? throw new InconsistentStateException("dropped by the test") : before(one);
        await Assert.ThrowsAsync<InconsistentStateException>(async () => await grain.Save());

        // Calls that come now wait for the next activation: only when one is answered is the last one gone.
        await grain.View();
        States.BeforeWrite = before;
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var stopping = _host.StopAsync(cancellationToken);

        // What still waits for something gives up in time, and time stands still unless it is moved.
        await Until.Async(() => stopping.IsCompleted, "the host stops", () => Clock.Advance(TimeSpan.FromMilliseconds(20)));
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Get<IStoreLifetime>().CloseAsync(CancellationToken.None);
        _host.Dispose();
    }

    private static void Intercept<T>(IServiceCollection services, Func<GridStore, T> port)
        where T : class
    {
        services.AddSingleton(provider => Intercepted<T>.Around(port(provider.GetRequiredService<GridStore>())).Control);
        services.AddSingleton(provider => (T)(object)provider.GetRequiredService<Intercepted<T>>());
    }
}
