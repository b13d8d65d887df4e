namespace Grid.Host.Api.SendGrid;

/// <summary>What Grid keeps with a message as its metadata.</summary>
public sealed record SendGridMetadata(IReadOnlyDictionary<string, string?>? CustomArgs, IReadOnlyList<string?>? Categories, int? AsmGroupId);
