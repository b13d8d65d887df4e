namespace Grid.Core.Ingress;

/// <summary>What a tenant may be called: 1 to 63 characters of a-z, 0-9 and hyphen, the first no hyphen.</summary>
public static class TenantIdRule
{
    /// <summary>Longest id in characters.</summary>
    public const int MaxLength = 63;

    /// <summary>The rule in words, for who broke it.</summary>
    public const string Words = "a tenant id has 1 to 63 characters of a-z, 0-9 and -, and doesn't begin with -";

    /// <summary>Whether the id keeps the rule. Nothing is corrected: an id in capitals is no id.</summary>
    public static bool IsValid(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength && id[0] != '-' && !id.ContainsAnyExcept(Allowed);

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
