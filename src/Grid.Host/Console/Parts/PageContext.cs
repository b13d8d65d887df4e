using Grid.Host.Console.Access;

namespace Grid.Host.Console.Parts;

/// <summary>One request for a page: whose, and what will be said beside the page.</summary>
public sealed class PageContext(TimeProvider clock)
{
    /// <summary>The hidden field of every form, with the session's token.</summary>
    public const string TokenField = "_token";

    private IReadOnlyList<ConsoleNotice>? _notices;

    /// <summary>Null on the sign-in page only.</summary>
    public ConsoleSession? Session { get; set; }

    /// <summary>Fetched by a page to stay live: nothing is told twice.</summary>
    public bool IsLive { get; set; }

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>What is told on this page: taken once, however often the page is rendered while it loads; nothing on one that was fetched to stay live.</summary>
    public IReadOnlyList<ConsoleNotice> Notices => _notices ??= IsLive ? [] : Session?.TakeNotices() ?? [];

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>May its reader change things?</summary>
    public bool MayAct => Session?.MayAct == true;
}
