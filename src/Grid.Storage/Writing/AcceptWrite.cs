using Grid.Core.Ports;

namespace Grid.Storage.Writing;

/// <summary>Messages to keep.</summary>
internal sealed class AcceptWrite(AcceptRequest request) : Write<AcceptResult>
{
    public static readonly AcceptResult Kept = new AcceptResult.Kept();
    public static readonly AcceptResult KeyReused = new AcceptResult.KeyReused();

    public AcceptRequest Request => request;

    public override int Weight { get; } = request.Messages.Sum(message => 512 + message.Body.Length + (256 * message.Envelopes.Count));
}
