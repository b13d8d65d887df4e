using Grid.Core.Vocabulary;

namespace Grid.Storage.Postgres;

/// <summary>Keys of envelopes, for a statement that finds or removes them.</summary>
internal sealed class KeyRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;

    public KeyRows(string statement)
    {
        Statement = statement;
        (_message, _recipient) = (Long(), Int());
    }

    protected override string Statement { get; }

    public void Add(EnvelopeKey key)
    {
        Count++;
        _message.Add(key.Message.Value);
        _recipient.Add(key.Recipient);
    }
}
