using Grid.Core.Feedback;
using Grid.Host.Options;

namespace Grid.Host.Feedback;

/// <summary>Return paths <c>b+TOKEN@DOMAIN</c>, and bare tokens, read back.</summary>
public sealed class ReturnPaths(MessageToken tokens, GridOptions options)
{
    private const string Prefix = "b+";
    private const int MaxLength = 320;

    /// <summary>A return path of ours with a genuine token; case doesn't matter.</summary>
    public bool TryRead(ReadOnlySpan<char> address, out MessageReference reference)
    {
        reference = default;
        address = address.Trim(" <>");
        var at = address.LastIndexOf('@');
        return at > Prefix.Length
            && address.Length <= MaxLength
            && address.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && address[(at + 1)..].Equals(options.Inbound.Domain, StringComparison.OrdinalIgnoreCase)
            && TryReadToken(address[Prefix.Length..at], out reference);
    }

    /// <summary>A genuine token.</summary>
    public bool TryReadToken(ReadOnlySpan<char> token, out MessageReference reference)
    {
        var read = tokens.TryRead(token.Trim(), out var message, out var recipient);
        reference = new(message, recipient);
        return read;
    }
}
