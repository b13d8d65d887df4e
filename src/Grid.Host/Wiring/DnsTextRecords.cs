using Grid.Core.Ports;
using Grid.Mail.Dns;

namespace Grid.Host.Wiring;

/// <summary>Text records from the resolver.</summary>
internal sealed class DnsTextRecords(IDnsResolver resolver) : ITextRecords
{
    public async ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await resolver.ResolveAsync(name, DnsType.Txt, cancellationToken);
        return answer.Status switch
        {
            DnsStatus.Found => new TextAnswer.Found([.. answer.Of<DnsRecord.Text>().Select(text => text.Value)]),
            DnsStatus.NoData or DnsStatus.NameError => new TextAnswer.None(),
            DnsStatus.ServerFailure => new TextAnswer.Unavailable(answer.Detail),
            _ => throw new InvalidOperationException($"no answer {answer.Status}"),
        };
    }
}
