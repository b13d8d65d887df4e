namespace Grid.Contracts.Enforcement;

/// <summary>A case: something that has to be looked into, and closed with a verdict; key = its id.</summary>
[Alias("grid.case")]
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>Opens it; one that is open already is left as it is.</summary>
    [Alias("open")]
    ValueTask<CaseFile> Open(CaseOpening opening);

    /// <summary>Null when there is no such case.</summary>
    [Alias("find")]
    ValueTask<CaseFile?> Find();

    /// <summary>Adds to its file: a note, an owner, a legal hold, a cost, an appeal. Closed cases take no more than appeals.</summary>
    [Alias("add")]
    ValueTask<CaseAnswer> Add(CaseNote note);

    /// <summary>Closes it; there is no other way, and no verdict without a reason.</summary>
    [Alias("close")]
    ValueTask<CaseAnswer> Close(string verdict, string by, string reason);
}
