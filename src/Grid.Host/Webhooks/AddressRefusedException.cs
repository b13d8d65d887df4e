namespace Grid.Host.Webhooks;

/// <summary>A name leads where webhooks may not go.</summary>
internal sealed class AddressRefusedException(string words) : Exception(words);
