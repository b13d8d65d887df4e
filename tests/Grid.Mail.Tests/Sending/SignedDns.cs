using System.Net;
using Grid.Mail.Dns;

namespace Grid.Mail.Tests.Sending;

/// <summary>A validating resolver that answers as a test says; what isn't there is signed not to be.</summary>
internal sealed class SignedDns : IDnsResolver
{
    private readonly Dictionary<(string Name, DnsType Type), DnsAnswer> _answers = [];

    public SignedDns Add(string name, DnsType type, bool signed, params DnsRecord[] records) => AddChain(name, name, type, signed, records);

    /// <summary>An answer at the end of a chain of CNAMEs.</summary>
    public SignedDns AddChain(string name, string end, DnsType type, bool signed, params DnsRecord[] records)
    {
        _answers[(name, type)] = new(DnsStatus.Found, end, records, signed, DateTimeOffset.MaxValue);
        return this;
    }

    public SignedDns Host(string name, bool signed = true) => Add(name, DnsType.A, signed, new DnsRecord.Address(IPAddress.Parse("8.8.8.8")));

    public SignedDns Mx(string name, string host, bool signed = true) => Add(name, DnsType.Mx, signed, new DnsRecord.MailExchanger(10, host));

    public SignedDns Tlsa(string host, bool signed, params DnsRecord[] records) => Add("_25._tcp." + host, DnsType.Tlsa, signed, records);

    public SignedDns Fails(string name, DnsType type)
    {
        _answers[(name, type)] = new(DnsStatus.ServerFailure, name, [], false, DateTimeOffset.MaxValue, "SERVFAIL");
        return this;
    }

    public ValueTask<DnsAnswer> ResolveAsync(string name, DnsType type, CancellationToken cancellationToken = default) =>
        new(_answers.GetValueOrDefault((name, type)) ?? new(DnsStatus.NoData, name, [], true, DateTimeOffset.MaxValue));
}
