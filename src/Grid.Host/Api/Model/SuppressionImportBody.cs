namespace Grid.Host.Api.Model;

/// <summary>What became of an import.</summary>
/// <param name="Imported">Lines that were taken; an address that was suppressed already for a stronger reason keeps it.</param>
/// <param name="Refused">Lines that were not.</param>
/// <param name="Errors">The first 100 of those, as "line N".</param>
public sealed record SuppressionImportBody(long Imported, long Refused, IReadOnlyList<FieldError> Errors);
