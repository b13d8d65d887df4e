namespace Grid.Host.Api.SendGrid;

/// <summary>One fault.</summary>
/// <param name="Field">Where, as personalizations.0.to.0.email; null where it is about no field.</param>
/// <param name="Help">What cures it.</param>
public sealed record SendGridError(string Message, string? Field, string? Help);
