using System.Text.RegularExpressions;

namespace Grid.Host.Api;

/// <summary>RFC 3463 enhanced status codes in text.</summary>
internal static partial class EnhancedCode
{
    public static bool IsValid(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$")]
    private static partial Regex Shape();
}
