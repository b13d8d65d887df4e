using Grid.Contracts.Enforcement;
using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>
/// A policy with all its versions. In: drafts that were read without a fault, roll-backs. Out: what is in force, to every process that
/// listens. Guarantees that a version's text never changes and its number is never used again; that a change is on the ledger before it is
/// in force; that it is in force everywhere, and judged by every active grain, when the call completes; that a change begun before a crash
/// is completed after it. Fails with a <see cref="TimeoutException"/> where a process does not confirm: the change stands, and reaches it
/// by its next look. What is built in is version 1, and a new version where the grid comes with another text and no operator pushed one.
/// </summary>
[GrainType("policy"), CollectionAgeLimit(AlwaysActive = true)]
public sealed class PolicyGrain(IRegistry registry, ILedger ledger, IPolicyReader reader, TimeProvider clock) : Grain, IPolicyGrain
{
    private static readonly TimeSpan ListenerAnswers = TimeSpan.FromSeconds(20);

    private readonly HashSet<IPolicyListener> _listeners = [];
    private PolicyFiles _files = null!;
    private PolicyHead _head = null!;
    private PolicyInForce? _inForce;

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _files = new(Name, registry, ledger);
        _head = await _files.ReadHeadAsync(cancellationToken);
        await LoadAsync();
        if (reader.BuiltIn.TryGetValue(Name, out var text))
        {
            var parents = PolicyTexts.BuiltInParents(reader, Name, text);
            var isOwn = _inForce is null || _inForce.Current.By == PolicyTexts.Grid;
            if (isOwn && _inForce?.Current.Hash != PolicyTexts.HashOf(text, parents))
            {
                await PushAsync(new(text, reader.BuiltInMediaType, parents, PolicyTexts.Grid, "it comes with this version of the grid", PolicyReach.All, 0));
            }
        }
    }

    public ValueTask<PolicyInForce?> Find() => new(_inForce);

    public ValueTask<PolicyInForce?> Subscribe(IPolicyListener listener)
    {
        if (_inForce is not null)
        {
            _listeners.Add(listener);
        }

        return new(_inForce);
    }

    public async ValueTask<PolicyInForce> Push(PolicyDraft draft)
    {
        await PushAsync(draft);
        await TellAsync();
        return _inForce!;
    }

    public async ValueTask<PolicyInForce?> RollBack(int version, string by, string reason)
    {
        if (await _files.ReadAsync(version) is not { } text)
        {
            return null;
        }

        if (_head.Current != version || _head.Trial != 0)
        {
            await ChangeAsync(new(version, 0, PolicyReach.All, 0, _head.Last, _head.Revision + 1), null, text, "rollback", by, reason);
            await TellAsync();
        }

        return _inForce;
    }

    public async ValueTask<bool> EndTrial(string by, string reason)
    {
        if (_inForce?.Trial is not { } trial)
        {
            return false;
        }

        await ChangeAsync(new(_head.Current, 0, PolicyReach.All, 0, _head.Last, _head.Revision + 1), null, trial, "end-trial", by, reason);
        await TellAsync();
        return true;
    }

    public ValueTask<PolicyText?> Version(int version) => _files.ReadAsync(version);

    public async ValueTask<IReadOnlyList<PolicyText>> Versions(int before, int limit)
    {
        var found = new List<PolicyText>();
        for (var version = before is 0 || before > _head.Last ? _head.Last : before - 1; version > 0 && found.Count < limit; version--)
        {
            if (await _files.ReadAsync(version) is { } text)
            {
                found.Add(text);
            }
        }

        return found;
    }

    private async ValueTask PushAsync(PolicyDraft draft)
    {
        var hash = PolicyTexts.HashOf(draft.Text, draft.Parents);
        var known = _inForce is null ? null : _inForce.Trial is { } trial && trial.Hash == hash ? trial : _inForce.Current.Hash == hash ? _inForce.Current : null;
        var added = known is null ? new PolicyText(Name, _head.Last + 1, draft.Text, draft.MediaType, hash, clock.GetUtcNow(), draft.By, draft.Reason, draft.Parents) : null;
        var text = known ?? added!;
        var next = draft.Reach == PolicyReach.All || _inForce is null
            ? new PolicyHead(text.Version, 0, PolicyReach.All, 0, Math.Max(_head.Last, text.Version), _head.Revision + 1)
            : new(_head.Current, text.Version, draft.Reach, draft.Reach == PolicyReach.Share ? draft.Share : 0, Math.Max(_head.Last, text.Version), _head.Revision + 1);
        if (next with { Revision = _head.Revision } == _head || next.Trial == next.Current)
        {
            return;
        }

        await ChangeAsync(next, added, text, next.Reach switch { PolicyReach.All => "push", PolicyReach.Share => "share", _ => "shadow" }, draft.By, draft.Reason);
    }

    private async ValueTask ChangeAsync(PolicyHead next, PolicyText? added, PolicyText text, string action, string by, string reason)
    {
        var decision = PolicyTexts.Decide(text, next, action, by, reason, clock.GetUtcNow());
        _head = await _files.WriteAsync(new(next, added, decision));
        await LoadAsync();
    }

    private async ValueTask LoadAsync() => _inForce = await _files.ReadAsync(_head.Current) is { } current
        ? new(current, _head.Trial == 0 ? null : await _files.ReadAsync(_head.Trial), _head.Reach, _head.Share, _head.Last, _head.Revision)
        : null;

    private async ValueTask TellAsync() => await Task.WhenAll(_listeners.ToList().Select(async listener =>
    {
        try
        {
            await listener.Changed(_inForce!).WaitAsync(ListenerAnswers, clock);
        }
        catch (OrleansException)
        {
            // A process that is gone runs no grain; one that is only out of reach subscribes again, and then has the change.
            _listeners.Remove(listener);
        }
    }));
}
