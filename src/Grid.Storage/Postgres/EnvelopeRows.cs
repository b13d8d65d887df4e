using Grid.Core.Vocabulary;
using Grid.Storage.Queue;
using Grid.Storage.Sql;

namespace Grid.Storage.Postgres;

/// <summary>Envelopes to insert.</summary>
internal sealed class EnvelopeRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;
    private readonly Column<string?> _tenant;
    private readonly Column<string?> _domain;
    private readonly Column<string?> _address;
    private readonly Column<string?> _pool;
    private readonly Column<int> _flags;
    private readonly Column<int> _size;
    private readonly Column<int> _recipients;
    private readonly Column<int> _attempts;
    private readonly Column<long> _acceptedAt;
    private readonly Column<long> _due;
    private readonly Column<long> _expiresAt;
    private readonly Column<string?> _campaign;
    private readonly Column<int> _waiting;
    private readonly Column<int> _owner;

    public EnvelopeRows()
    {
        (_message, _recipient, _tenant, _domain, _address, _pool, _flags) = (Long(), Int(), Text(), Text(), Text(), Text(), Int());
        (_size, _recipients, _attempts, _acceptedAt, _due, _expiresAt, _campaign, _waiting, _owner) = (Int(), Int(), Int(), Long(), Long(), Long(), Text(), Int(), Int());
    }

    protected override string Statement => $"INSERT INTO envelope ({EnvelopeColumns.All}, waiting, owner) SELECT * FROM {{rows}}";

    public void Add(Envelope envelope, bool toMemory, int owner)
    {
        Count++;
        _message.Add(envelope.Key.Message.Value);
        _recipient.Add(envelope.Key.Recipient);
        _tenant.Add(envelope.Tenant);
        _domain.Add(envelope.Domain);
        _address.Add(envelope.Address);
        _pool.Add(envelope.Pool);
        _flags.Add(EnvelopeColumns.Flags(envelope));
        _size.Add(envelope.SizeBytes);
        _recipients.Add(envelope.RecipientCount);
        _attempts.Add(envelope.Attempts);
        _acceptedAt.Add(envelope.AcceptedAt.ToStored());
        _due.Add(envelope.DueAt.ToStored());
        _expiresAt.Add(envelope.ExpiresAt.ToStored());
        _campaign.Add(envelope.Campaign);
        _waiting.Add(toMemory ? 0 : 1);
        _owner.Add(owner);
    }
}
