using Grid.Host.Console.Access;

namespace Grid.Host.Console.Parts;

/// <summary>One request for a page: whose, and what will be said beside the page.</summary>
public sealed class PageContext(TimeProvider clock)
{
    /// <summary>The hidden field of every form, with the session's token.</summary>
    public const string TokenField = "_token";

    /// <summary>Null on the sign-in page only.</summary>
    public ConsoleSession? Session { get; set; }

    /// <summary>Fetched by a page to stay live: nothing is told twice.</summary>
    public bool IsLive { get; set; }

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>May its reader change things?</summary>
    public bool MayAct => Session?.MayAct == true;
}
