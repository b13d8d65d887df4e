namespace Grid.Core.Vocabulary;

/// <summary>Who is told of a message, and how (MAIL of RFC 3461).</summary>
/// <param name="ReturnPath">Address of MAIL as the submitter gave it.</param>
/// <param name="Return">RET: "FULL" or "HDRS"; null where not given.</param>
/// <param name="EnvelopeId">ENVID, xtext as given; null where not given.</param>
public sealed record DsnRequest(string ReturnPath, string? Return = null, string? EnvelopeId = null)
{
    /// <summary>As it is stored: three words, the last one the address, which may hold spaces.</summary>
    public string Text => $"{Return} {EnvelopeId} {ReturnPath}";

    /// <summary>Null for null, and for what is no such text.</summary>
    public static DsnRequest? Parse(string? text) =>
        text?.Split(' ', 3) is [var ret, var id, var path] ? new(path, ret.Length == 0 ? null : ret, id.Length == 0 ? null : id) : null;
}
