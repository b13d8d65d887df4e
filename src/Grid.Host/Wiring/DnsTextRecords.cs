using Grid.Core.Ports;

namespace Grid.Host.Wiring;

internal sealed class DnsTextRecords : ITextRecords
{
    public ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default) => new(new TextAnswer.Unavailable("temporary"));
}
