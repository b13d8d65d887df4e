using Grid.Core.Vocabulary;

namespace Grid.Storage.Postgres;

/// <summary>Bodies to insert.</summary>
internal sealed class BodyRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<ReadOnlyMemory<byte>> _bytes;

    public BodyRows() => (_message, _bytes) = (Long(), Bytes());

    protected override string Statement => "INSERT INTO body (message, bytes) SELECT * FROM {rows}";

    public void Add(SpooledMessage message)
    {
        Count++;
        _message.Add(message.Id.Value);
        _bytes.Add(message.Body);
    }
}
