using Grid.Core.Vocabulary;

namespace Grid.Host.Options;

/// <summary>A delivery override.</summary>
/// <param name="Domain"><c>*</c> for every domain, <c>example.com</c> for that one, <c>.example.com</c> for all below it; lower case.</param>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">1 to 65,535. Default 25.</param>
/// <param name="Tls">Default opportunistic.</param>
public sealed record Route(string Domain, string Host, int Port, TlsMode Tls);
