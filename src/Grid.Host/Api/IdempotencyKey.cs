using System.Diagnostics.CodeAnalysis;

namespace Grid.Host.Api;

/// <summary>The header Idempotency-Key: 1 to 255 visible ASCII characters.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Reads it; the key is null where there is none. On false the problem says what is wrong.</summary>
    public static bool TryRead(HttpRequest request, out string? key, [NotNullWhen(false)] out Problem? problem)
    {
        (key, problem) = (null, null);
        var given = request.Headers[Header];
        if (given.Count == 0)
        {
            return true;
        }

        key = given[0];
        if (given.Count == 1 && key is { Length: >= 1 and <= 255 } && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return true;
        }

        problem = Problem.Malformed(new(Header, "must be given once, as 1 to 255 visible ASCII characters"));
        return false;
    }
}
