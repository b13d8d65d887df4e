namespace Grid.Host.Api.Model;

/// <summary>What proves that the recipients of one message agreed, as it is asked for with a complaint.</summary>
/// <param name="Declared">What was declared with the message.</param>
/// <param name="Recipients">What is on record of each.</param>
public sealed record ConsentEvidenceBody(string Message, string Tenant, DateTimeOffset AcceptedAt, string? Campaign, string? Purpose, string? Topic, ConsentBody? Declared, IReadOnlyList<ConsentEvidenceRecipient> Recipients);
