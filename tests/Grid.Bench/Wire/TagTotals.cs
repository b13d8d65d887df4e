namespace Grid.Bench.Wire;

/// <summary>Sums over a load.</summary>
/// <param name="Accepted">Messages that the server answered 250 to.</param>
/// <param name="Lost">Of those, how many the receiver does not have.</param>
/// <param name="Distinct">Messages that the receiver has, each counted once.</param>
/// <param name="Repeats">Deliveries beyond the first.</param>
/// <param name="Unasked">Messages that the receiver has although the 250 never reached the injector: taken, but the reply was lost.</param>
internal sealed record TagTotals(int Accepted, int Lost, int Distinct, int Repeats, int Unasked);
