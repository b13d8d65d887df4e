namespace Grid.Host.Api;

/// <summary>Why an operator acts: <c>reason</c> in the body where an endpoint has that field, else this header.</summary>
internal static class OperatorReason
{
    /// <summary>Percent-encoded UTF-8, of at most 1,000 characters when decoded.</summary>
    public const string Header = "Grid-Reason";

    private const int Max = 1000;

    /// <summary>The reason; null when none is given. Controls become spaces, and what goes beyond the most is left out.</summary>
    public static string? Read(HttpRequest request)
    {
        if (request.Headers[Header] is not [{ Length: > 0 } given])
        {
            return null;
        }

        var reason = string.Concat(Uri.UnescapeDataString(given).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return reason.Length <= Max ? reason : reason[..Max];
    }
}
