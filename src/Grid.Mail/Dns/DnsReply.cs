namespace Grid.Mail.Dns;

/// <summary>What came of asking one server once.</summary>
/// <param name="Message">Its answer; null where none came that could be read.</param>
/// <param name="Fault">Without a message: what happened.</param>
/// <param name="Silent">Nothing came in time, or nobody listens: the server is in trouble.</param>
/// <param name="RetryOverTcp">What came over UDP isn't to be relied upon (letters in another case, a flood of foreign messages).</param>
internal readonly record struct DnsReply(DnsMessage? Message, string Fault = "", bool Silent = false, bool RetryOverTcp = false);
