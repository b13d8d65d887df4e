namespace Grid.Host.Console.Observed;

/// <summary>From a sending IP to a site.</summary>
public readonly record struct Lane(string Ip, string Site);
