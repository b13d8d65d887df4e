namespace Grid.Host.Api.Model;

/// <summary>A confirmation mail that was taken in.</summary>
/// <param name="Message">Its id.</param>
/// <param name="Sent">Mails of this confirmation so far, at most 3.</param>
/// <param name="ExpiresAt">Until when it can be confirmed.</param>
public sealed record ConfirmationBody(string Address, string? Topic, string Message, int Sent, DateTimeOffset ExpiresAt);
