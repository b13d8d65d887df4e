namespace Grid.Core.Ports;

/// <summary>Text records of the DNS: published keys and policies.</summary>
public interface ITextRecords
{
    /// <summary>The TXT records of a name, each with its strings joined. An expected failure is an answer, not an exception.</summary>
    ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default);
}
