using Grid.Core.Vocabulary;

namespace Grid.Host.Options;

/// <summary>What is told to who submits over SMTP (RFC 3461).</summary>
/// <param name="FailureUnasked">Failures are told also without NOTIFY, as RFC 3461 (4.1) has it. Default true.</param>
/// <param name="DelayUnasked">Delays likewise. Default false.</param>
/// <param name="DelayAfter">When a delay is told, after the acceptance: 1 min to 5 days. Default 4 h.</param>
/// <param name="MaxReturnedBytes">Most that a report returns of its message, 0 to 1 MiB; what is longer is returned without its body, a longer header is cut. Default 50 KiB.</param>
/// <param name="MaxPerTenantPerHour">Reports to one tenant's senders in an hour, 0 to 1,000,000; what comes beyond isn't told. Default 1,000.</param>
public sealed record DsnOptions(bool FailureUnasked, bool DelayUnasked, TimeSpan DelayAfter, int MaxReturnedBytes, int MaxPerTenantPerHour)
{
    /// <summary>What is told without NOTIFY.</summary>
    public DsnNotify Unasked => (FailureUnasked ? DsnNotify.Failure : DsnNotify.None) | (DelayUnasked ? DsnNotify.Delay : DsnNotify.None);

    internal static DsnOptions Read(OptionsReader reader) => new(
        Flag(reader, "Grid:Dsn:FailureUnasked", true),
        Flag(reader, "Grid:Dsn:DelayUnasked", false),
        TimeSpan.FromMinutes(reader.Integer("Grid:Dsn:DelayAfterMinutes", 240, 1, 7_200)),
        reader.Integer("Grid:Dsn:MaxReturnedBytes", 50 * 1024, 0, 1024 * 1024),
        reader.Integer("Grid:Dsn:MaxPerTenantPerHour", 1_000, 0, 1_000_000));

    private static bool Flag(OptionsReader reader, string key, bool fallback) =>
        reader.Parse(key, fallback, OptionTexts.BooleanRule, (string text, out bool value) => bool.TryParse(text, out value));
}
