namespace Grid.Host.Api;

/// <summary>Why an operator acts: <c>reason</c> in the body where an endpoint has that field, else this header.</summary>
internal static class OperatorReason
{
    /// <summary>Percent-encoded UTF-8, of at most 1,000 characters when decoded.</summary>
    public const string Header = "Grid-Reason";
}
