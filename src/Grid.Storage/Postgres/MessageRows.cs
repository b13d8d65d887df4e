using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Postgres;

/// <summary>Messages to insert.</summary>
internal sealed class MessageRows : Rows
{
    private readonly Column<long> _id;
    private readonly Column<string?> _tenant;
    private readonly Column<long> _acceptedAt;
    private readonly Column<int> _stream;
    private readonly Column<string?> _campaign;
    private readonly Column<string?> _details;
    private readonly Column<int> _recipients;
    private readonly Column<string?> _dsn;

    public MessageRows() =>
        (_id, _tenant, _acceptedAt, _stream, _campaign, _details, _recipients, _dsn) = (Long(), Text(), Long(), Int(), Text(), Text(), Int(), Text());

    protected override string Statement => "INSERT INTO message (id, tenant, accepted_at, stream, campaign, details, recipients, dsn) SELECT * FROM {rows}";

    public void Add(SpooledMessage message)
    {
        Count++;
        _id.Add(message.Id.Value);
        _tenant.Add(message.Tenant);
        _acceptedAt.Add(message.AcceptedAt.ToStored());
        _stream.Add((int)message.Stream);
        _campaign.Add(message.Campaign);
        _details.Add(message.Details);
        _recipients.Add(message.Envelopes.Count + message.EndedAtOnce.Count);
        _dsn.Add(message.Dsn?.Request.Text);
    }
}
