using System.Diagnostics.Metrics;
using Grid.Grains.Ingress;

namespace Grid.Host.Ingress;

/// <summary>What came in, by gate.</summary>
public sealed class IngressInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Ingress");
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refused;

    public IngressInstruments()
    {
        _messages = _meter.CreateCounter<long>("grid.ingress.messages", null, "Messages accepted");
        _refused = _meter.CreateCounter<long>("grid.ingress.refused", null, "Messages refused, by why");
    }

    /// <summary>What became of messages that were ready to be kept.</summary>
    /// <param name="gate">http or smtp.</param>
    public void Count(string gate, IntakeResult result, int messages)
    {
        if (result is IntakeResult.Accepted)
        {
            _messages.Add(messages, new KeyValuePair<string, object?>("gate", gate));
            return;
        }

        var why = result switch
        {
            IntakeResult.Refused refused => refused.Refusal.State,
            IntakeResult.Repeated => "repeated",
            IntakeResult.KeyReused => "keyReused",
            _ => "unavailable",
        };
        Refuse(gate, why, messages);
    }

    /// <summary>Messages that never came so far.</summary>
    public void Refuse(string gate, string why, int messages)
    {
        if (messages > 0)
        {
            _refused.Add(messages, new("gate", gate), new("why", why));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
