namespace Grid.Host.Api.SendGrid;

/// <summary>A setting that is on or off.</summary>
public sealed record SendGridSwitch(bool? Enable);
