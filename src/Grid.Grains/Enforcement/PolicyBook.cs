using System.Collections.Concurrent;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Enforcement;

/// <summary>
/// The policies in force in this process, compiled, and the grains that run under each. In: changes from the policies' grains. Out: what a
/// subject is judged by, without a call. Guarantees that when <see cref="Changed"/> completes, every active grain of this process has judged
/// by the new version, and that one which wakes later begins with it. A policy is asked for once, then told of; every
/// <see cref="LookAgain"/> it is asked again, should its grain have moved meanwhile. Fails where a grain can't judge: the change is in force
/// here nonetheless, with that grain's next event.
/// </summary>
public sealed partial class PolicyBook(IGrainFactory grains, IPolicyReader reader, TimeProvider clock, ILogger<PolicyBook> log) : IPolicyListener
{
    /// <summary>The policy of whatever names none.</summary>
    public const string Default = "default";

    /// <summary>Grains that reconsider at once.</summary>
    private const int AtOnce = 256;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<PolicySet?>>> _sets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Subject, byte>> _runners = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private IPolicyListener? _self;

    /// <summary>What is in force under a name; null when there is no such policy.</summary>
    public async ValueTask<PolicySet?> FindAsync(string name)
    {
        // Off the grain that asks first: others wait for the same answer, and a grain can't make the reference to this book.
        var asked = _sets.GetOrAdd(name, static (key, book) => new(() => Task.Run(() => book.AskAsync(key))), this);
        try
        {
            if (await asked.Value is { } set)
            {
                return set;
            }

            _sets.TryRemove(new(name, asked));
            return null;
        }
        catch
        {
            _sets.TryRemove(new(name, asked));
            throw;
        }
    }

    /// <summary>What is in force under a name that was found before.</summary>
    public PolicySet? Known(string name) => _sets.TryGetValue(name, out var asked) && asked.Value is { IsCompletedSuccessfully: true } done ? done.Result : null;

    /// <summary>A grain runs under a policy from now on, and is told of its changes.</summary>
    public void Enter(string name, Subject subject) => _runners.GetOrAdd(name, static _ => new())[subject] = 0;

    /// <summary>It no longer does.</summary>
    public void Leave(string name, Subject subject)
    {
        if (_runners.TryGetValue(name, out var subjects))
        {
            subjects.TryRemove(subject, out _);
        }
    }

    /// <inheritdoc />
    public async Task Changed(PolicyInForce policy)
    {
        // One change after another: who comes second knows that the first is judged by when it returns.
        await _turn.WaitAsync();
        try
        {
            var name = policy.Current.Name;
            var before = Known(name);
            if (before is not null && before.Source.Revision >= policy.Revision)
            {
                return;
            }

            var known = Task.FromResult<PolicySet?>(Compile(policy, before));
            _sets[name] = new(known);
            if (_runners.TryGetValue(name, out var subjects))
            {
                await Parallel.ForEachAsync(subjects.Keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (subject, _) => await ReconsiderAsync(subject, name));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks for what is in force again and again, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookAgain, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var name in _sets.Keys)
            {
                try
                {
                    if (await grains.GetGrain<IPolicyGrain>(name).Subscribe(Self()) is { } policy)
                    {
                        await Changed(policy);
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
                {
                    LogSilent(e, name);
                }
            }
        }
    }

    private async Task<PolicySet?> AskAsync(string name) => await grains.GetGrain<IPolicyGrain>(name).Subscribe(Self()) is { } policy ? Compile(policy, null) : null;

    private PolicySet Compile(PolicyInForce policy, PolicySet? before) =>
        new(policy, Compile(policy.Current, before), policy.Trial is { } trial ? Compile(trial, before) : null);

    private RunningPolicy Compile(PolicyText text, PolicySet? before)
    {
        if ((before?.Current is { } current && current.Policy.Version == text.Version ? current : before?.Trial is { } trial && trial.Policy.Version == text.Version ? trial : null) is { } known)
        {
            return known;
        }

        return PolicyTexts.Read(reader, text) switch
        {
            PolicyReading.Done done => new(done.Policy, text.Hash),
            PolicyReading.Refused refused => throw new InvalidDataException(
                $"version {text.Version} of policy {text.Name} can't be read by this version of the grid: {refused.Mistakes[0].Message}"),
            _ => throw new InvalidOperationException("no such reading"),
        };
    }

    private async ValueTask ReconsiderAsync(Subject subject, string policy)
    {
        try
        {
            await grains.Account(subject).Reconsider();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotReconsidered(e, subject, policy);
        }
    }

    private IPolicyListener Self()
    {
        lock (_gate)
        {
            return _self ??= grains.CreateObjectReference<IPolicyListener>(this);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} could not judge by the new version of {Policy}; it does with its next event")]
    private partial void LogNotReconsidered(Exception e, Subject subject, string policy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Policy {Name} did not say what is in force; asking again")]
    private partial void LogSilent(Exception e, string name);
}
