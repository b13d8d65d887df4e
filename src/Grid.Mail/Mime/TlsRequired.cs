namespace Grid.Mail.Mime;

/// <summary>The field by which a sender says that a message is better read by others than not delivered (RFC 8689, 5).</summary>
public static class TlsRequired
{
    public const string Field = "TLS-Required";

    /// <summary>The one value that there is.</summary>
    public static bool IsNo(string value) => value.AsSpan().Trim().Equals("no", StringComparison.OrdinalIgnoreCase);
}
