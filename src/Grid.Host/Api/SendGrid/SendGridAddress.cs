namespace Grid.Host.Api.SendGrid;

/// <summary>An address and the name shown with it.</summary>
public sealed record SendGridAddress(string? Email, string? Name)
{
    /// <summary>As Grid's own API writes it.</summary>
    public override string ToString() => string.IsNullOrEmpty(Name)
        ? Email ?? ""
        : $"\"{Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{Email}>";
}
