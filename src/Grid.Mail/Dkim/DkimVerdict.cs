namespace Grid.Mail.Dkim;

/// <summary>One signature of a message, judged.</summary>
/// <param name="Domain">d=, lower case: who answers for the message if <paramref name="Result"/> is Pass; empty where it can't be read.</param>
/// <param name="Selector">s=.</param>
/// <param name="Words">Why, for people.</param>
/// <param name="Testing">The key says that it is being tried out: a pass is to count for no more than no signature.</param>
public sealed record DkimVerdict(DkimResult Result, string Domain, string Selector, string Words, bool Testing = false);
