using System.Net;

namespace Grid.System.Tests.Beds;

/// <summary>Says what a receiver answers. A script may wait as long as it likes.</summary>
/// <param name="verb">CONNECT, EHLO, MAIL, RCPT, DATA, END (the closing dot), RSET, QUIT and so on.</param>
/// <param name="argument">What follows the verb, or the colon.</param>
/// <param name="peer">Who asks.</param>
/// <returns>A whole reply without its line end; null for the usual one. Only a positive one takes the message.</returns>
public delegate ValueTask<string?> ReceiverScript(string verb, string argument, IPAddress peer);
