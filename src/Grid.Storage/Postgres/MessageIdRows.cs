using Grid.Storage.Queue;

namespace Grid.Storage.Postgres;

/// <summary>Messages whose bodies go, unless a recipient is still live.</summary>
internal sealed class MessageIdRows : Rows
{
    private readonly Column<long> _message;

    public MessageIdRows() => _message = Long();

    protected override string Statement =>
        "DELETE FROM body USING {rows} AS u (message) WHERE body.message = u.message AND " + FinishedBodies.NobodyNeeds("u.message");

    public void Add(long message)
    {
        Count++;
        _message.Add(message);
    }
}
