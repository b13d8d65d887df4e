namespace Grid.Host.Api.Model;

/// <summary>Who a tenant is; what is absent stays as it is.</summary>
/// <param name="LegalType">company or person.</param>
/// <param name="SenderNames">At most 50 names that its From fields may show, each at most 100 characters.</param>
/// <param name="PaymentReference">What it pays with, at most 200 characters; only a keyed hash of it is kept.</param>
public sealed record VettingRequest(string? LegalType, IReadOnlyList<string?>? SenderNames, string? PaymentReference);
