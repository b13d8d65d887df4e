namespace Grid.Host.Tests.Whole;

/// <summary>A message as a receiver got it.</summary>
internal sealed record ReceivedMessage(string Sender, IReadOnlyList<string> Recipients, string Data);
