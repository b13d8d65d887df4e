namespace Grid.Core.Enforcement.Policies;

/// <summary>Gathers mistakes, so that all are answered at once; at most <see cref="PolicyBounds.MaxFaults"/>.</summary>
internal sealed class PolicyFaults
{
    private readonly List<PolicyFault> _all = [];

    public bool Any => _all.Count > 0;

    public IReadOnlyList<PolicyFault> All => _all;

    public void Add(string path, string message)
    {
        if (_all.Count < PolicyBounds.MaxFaults)
        {
            _all.Add(new(path, message));
        }
    }
}
