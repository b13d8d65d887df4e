namespace Grid.Grains.Ingress;

/// <summary>A recipient of a message to be accepted.</summary>
/// <param name="Address">As it goes into RCPT.</param>
/// <param name="Domain">Its domain, lower case ASCII.</param>
public sealed record SubmittedRecipient(string Address, string Domain);
