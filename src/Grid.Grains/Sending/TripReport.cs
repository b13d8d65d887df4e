using Grid.Core.Vocabulary;

namespace Grid.Grains.Sending;

/// <summary>How a connection went.</summary>
/// <param name="Messages">Transactions that it carried.</param>
/// <param name="Failure">Why it could not be opened or broke; null when it ended in peace.</param>
/// <param name="IsWayOut">The sending IP's proxy is to blame for that, and not the receiver.</param>
public sealed record TripReport(int Messages, SmtpReply? Failure, bool IsWayOut = false);
