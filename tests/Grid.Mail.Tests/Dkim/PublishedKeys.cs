using Grid.Core.Ports;

namespace Grid.Mail.Tests.Dkim;

/// <summary>Text records at hand.</summary>
internal sealed class PublishedKeys : Dictionary<string, string[]>, ITextRecords
{
    /// <summary>Names that nobody can say anything about now.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Look-ups made.</summary>
    public int Asked { get; private set; }

    public ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        Asked++;
        return new(Silent.Contains(name) ? new TextAnswer.Unavailable("the server is silent") : TryGetValue(name, out var found) ? new TextAnswer.Found(found) : new TextAnswer.None());
    }
}
