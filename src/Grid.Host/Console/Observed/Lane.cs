namespace Grid.Host.Console.Observed;

/// <summary>From a sending IP to a site.</summary>
internal readonly record struct Lane(string Ip, string Site);
