namespace Grid.Host.Api.Model;

/// <summary>A finding, listing or verdict.</summary>
/// <param name="Subject">tenant/ID, ip/ADDRESS or domain/NAME.</param>
/// <param name="Signal">A reported signal of the catalogue, such as content.malware.</param>
/// <param name="Value">What was measured, where the check measures.</param>
/// <param name="Evidence">What it rests on, at most 4,000 characters.</param>
/// <param name="Tenant">The tenant that it is about, where no subject is given.</param>
/// <param name="MessageId">The message that it is about.</param>
/// <param name="Id">Of the report: the same id counts once; made where absent.</param>
public sealed record FindingRequest(string? Subject, string? Signal, decimal? Value, string? Evidence, string? Tenant, string? MessageId, string? Id)
{
    /// <summary>The tenant's stream that it is about, bulk or transactional: its messages are judged as if each had it.</summary>
    public string? Stream { get; init; }

    /// <summary>The tenant's campaign that it is about: its messages are judged as if each had it.</summary>
    public string? Campaign { get; init; }
}
