using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Postgres;

/// <summary>Envelopes to put off.</summary>
internal sealed class DeferralRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;
    private readonly Column<int> _attempts;
    private readonly Column<long> _due;

    public DeferralRows() => (_message, _recipient, _attempts, _due) = (Long(), Int(), Int(), Long());

    protected override string Statement =>
        """
        UPDATE envelope SET attempts = u.attempts, due = u.due, waiting = 1 FROM {rows} AS u (message, recipient, attempts, due)
        WHERE envelope.message = u.message AND envelope.recipient = u.recipient
        """;

    public void Add(Settlement settlement)
    {
        Count++;
        _message.Add(settlement.Record.Key.Message.Value);
        _recipient.Add(settlement.Record.Key.Recipient);
        _attempts.Add(settlement.Record.Attempt);
        _due.Add((settlement.RetryAt ?? settlement.Record.At).ToStored());
    }
}
