using Grid.Core.Vocabulary;
using Grid.Storage.Outcomes;
using Grid.Storage.Sql;

namespace Grid.Storage.Postgres;

/// <summary>Outcomes to append.</summary>
internal sealed class OutcomeRows : Rows
{
    private readonly Column<long> _position;
    private readonly Column<long> _at;
    private readonly Column<int> _kind;
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;
    private readonly Column<string?> _tenant;
    private readonly Column<string?> _address;
    private readonly Column<string?> _domain;
    private readonly Column<int> _stream;
    private readonly Column<string?> _site;
    private readonly Column<string?> _ip;
    private readonly Column<int> _attempt;
    private readonly Column<int?> _replyCode;
    private readonly Column<string?> _replyEnhanced;
    private readonly Column<string?> _replyText;
    private readonly Column<int> _reason;
    private readonly Column<int> _about;
    private readonly Column<int> _hard;
    private readonly Column<long?> _deliveredAt;
    private readonly Column<string?> _clause;
    private readonly Column<string?> _tls;
    private readonly Column<int> _owner;

    public OutcomeRows()
    {
        (_position, _at, _kind, _message, _recipient, _tenant, _address) = (Long(), Long(), Int(), Long(), Int(), Text(), Text());
        (_domain, _stream, _site, _ip, _attempt, _replyCode, _replyEnhanced) = (Text(), Int(), Text(), Text(), Int(), IntOrNull(), Text());
        (_replyText, _reason, _about, _hard, _deliveredAt, _clause, _tls, _owner) = (Text(), Int(), Int(), Int(), LongOrNull(), Text(), Text(), Int());
    }

    protected override string Statement => $"INSERT INTO outcome ({OutcomeColumns.All}, owner) SELECT * FROM {{rows}}";

    public void Add(OutcomeRecord record, int owner)
    {
        Count++;
        _position.Add(record.Position);
        _at.Add(record.At.ToStored());
        _kind.Add((int)record.Kind);
        _message.Add(record.Key.Message.Value);
        _recipient.Add(record.Key.Recipient);
        _tenant.Add(record.Tenant);
        _address.Add(record.Address);
        _domain.Add(record.Domain);
        _stream.Add((int)record.Stream);
        _site.Add(record.Site);
        _ip.Add(record.Ip);
        _attempt.Add(record.Attempt);
        _replyCode.Add(record.Reply?.Code);
        _replyEnhanced.Add(record.Reply?.Enhanced);
        _replyText.Add(record.Reply?.Text);
        _reason.Add((int)record.Reason);
        _about.Add((int)record.About);
        _hard.Add(record.Hard ? 1 : 0);
        _deliveredAt.Add(record.DeliveredAt?.ToStored());
        _clause.Add(record.Clause);
        _tls.Add(record.Tls?.Text);
        _owner.Add(owner);
    }
}
