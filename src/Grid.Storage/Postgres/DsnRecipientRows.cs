using Grid.Core.Vocabulary;

namespace Grid.Storage.Postgres;

/// <summary>Recipients with parameters of RFC 3461, to insert.</summary>
internal sealed class DsnRecipientRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;
    private readonly Column<int?> _notify;
    private readonly Column<string?> _original;

    public DsnRecipientRows() => (_message, _recipient, _notify, _original) = (Long(), Int(), IntOrNull(), Text());

    protected override string Statement => "INSERT INTO dsn_recipient (message, recipient, notify, original) SELECT * FROM {rows}";

    public void Add(SpooledMessage message)
    {
        foreach (var asked in message.Dsn?.Recipients ?? [])
        {
            Count++;
            _message.Add(message.Id.Value);
            _recipient.Add(asked.Recipient);
            _notify.Add((int?)asked.Notify);
            _original.Add(asked.Original);
        }
    }
}
