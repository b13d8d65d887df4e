using Grid.Core.Ports;

namespace Grid.Storage.Writing;

/// <summary>Messages to keep.</summary>
internal sealed class AcceptWrite(AcceptRequest request) : Write<AcceptResult>
{
    public static readonly AcceptResult Kept = new AcceptResult.Kept();
    public static readonly AcceptResult KeyReused = new AcceptResult.KeyReused();

    /// <summary>Of a report: what it tells is told.</summary>
    public static readonly AcceptResult Told = new AcceptResult.Repeated(default);

    public AcceptRequest Request => request;

    public override int Weight { get; } = request.Messages.Sum(message => 512 + message.Body.Length + (256 * message.Envelopes.Count));
}
