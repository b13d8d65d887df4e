using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Finds the receiving site of a recipient domain.</summary>
public interface IRouter
{
    /// <summary>Null when there is no way known to this domain for now.</summary>
    ValueTask<SiteRoute?> FindAsync(string domain, CancellationToken cancellationToken = default);
}
