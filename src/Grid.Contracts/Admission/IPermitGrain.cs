namespace Grid.Contracts.Admission;

/// <summary>The one owner of a limit: it hands out permits in blocks and takes back what wasn't used.</summary>
[Alias("grid.permits")]
public interface IPermitGrain : IGrainWithStringKey
{
    /// <summary>Asks for up to <paramref name="wanted"/> permits and gives back <paramref name="unused"/> of an earlier block. The holder is remembered, to be told of changes.</summary>
    [Alias("acquire")]
    ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused);
}
