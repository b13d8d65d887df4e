using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// The policy that one subject is under. In: its name. Out: the version that is enforced, and the one judged in shadow. A look for
/// news costs no call; news come by <see cref="PolicyBook"/>.
/// </summary>
internal sealed class PolicySeat(PolicyBook book)
{
    private string? _name;
    private Subject _subject;
    private PolicySet? _set;
    private IReadOnlyList<ClauseOverride> _overrides = [];

    /// <summary>What is enforced.</summary>
    public RunningPolicy Running { get; private set; } = null!;

    /// <summary>What is judged beside it; null where nothing is.</summary>
    public RunningPolicy? Shadow => _set!.Shadow;

    /// <summary>What it is judged by, as "default@3".</summary>
    public string Id => Running.Id;

    /// <summary>The windows of both.</summary>
    public IReadOnlyList<WindowSpec> Windows => Shadow is null ? Running.Policy.Windows : [.. Running.Policy.Windows.Concat(Shadow.Policy.Windows).DistinctBy(w => w.Name)];

    /// <summary>Takes its seat under a policy, or under the default one where that is gone; true when what is enforced or judged is another than before.</summary>
    public async ValueTask<bool> TakeAsync(string name, Subject subject)
    {
        // The seat is taken before the policy is read: a change in between comes as news.
        if (_name != name)
        {
            Leave();
            (_name, _subject) = (name, subject);
            book.Enter(name, subject);
        }

        if (await book.FindAsync(name) is { } set)
        {
            return Use(set);
        }

        Leave();
        (_name, _subject) = (PolicyBook.Default, subject);
        book.Enter(_name, subject);
        return Use(await book.FindAsync(_name) ?? throw new InvalidOperationException("there is no policy \"default\""));
    }

    /// <summary>Looks for news; true when what is enforced or judged is another than before.</summary>
    public bool Refresh() => book.Known(_name!) is { } set && !ReferenceEquals(set, _set) && Use(set);

    /// <summary>The subject's exceptions from its policy.</summary>
    public void Except(IReadOnlyList<ClauseOverride> overrides)
    {
        _overrides = overrides;
        if (_set is { } set)
        {
            Use(set);
        }
    }

    /// <summary>A clause is judged otherwise for this subject.</summary>
    public bool IsExcepted(string clause) => _overrides.Any(o => o.Clause == clause);

    public void Leave()
    {
        if (_name is { } name)
        {
            book.Leave(name, _subject);
            _name = null;
        }
    }

    private bool Use(PolicySet set)
    {
        var (before, shadowBefore) = (Running, _set?.Shadow);
        _set = set;
        Running = PolicyOverrides.Apply(set.For(_subject), _overrides);
        return before != Running || shadowBefore != set.Shadow;
    }
}
