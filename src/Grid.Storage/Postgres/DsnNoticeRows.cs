using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Postgres;

/// <summary>What senders are to be told, to insert.</summary>
internal sealed class DsnNoticeRows : Rows
{
    private readonly Column<long> _message;
    private readonly Column<int> _recipient;
    private readonly Column<int> _action;
    private readonly Column<long> _at;

    public DsnNoticeRows() => (_message, _recipient, _action, _at) = (Long(), Int(), Int(), Long());

    protected override string Statement => "INSERT INTO dsn_notice (message, recipient, action, at) SELECT * FROM {rows} ON CONFLICT DO NOTHING";

    public void Add(SpooledMessage message)
    {
        foreach (var notice in message.Notices)
        {
            Add(notice.Key, notice.Action, notice.At);
        }
    }

    public void Add(Settlement settlement)
    {
        if (settlement.Tell is { } action)
        {
            Add(settlement.Record.Key, action, settlement.Record.At);
        }
    }

    /// <summary>Marks what reports tell. The result of every report whose notices are told already says so; <paramref name="ended"/> gets the messages that
    /// the others are about: their bodies may go.</summary>
    public static void Resolve(SqlSession session, List<AcceptWrite> accepts, List<long> ended)
    {
        foreach (var report in accepts.Where(accept => accept.Request.Tells.Count > 0 && accept.Result is AcceptResult.Kept))
        {
            ended.Add(report.Request.Tells[0].Key.Message.Value);
            report.Result = Tell(session, report.Request) ? AcceptWrite.Kept : AcceptWrite.Told;
        }
    }

    private void Add(EnvelopeKey key, DsnAction action, DateTimeOffset at)
    {
        Count++;
        _message.Add(key.Message.Value);
        _recipient.Add(key.Recipient);
        _action.Add((int)action);
        _at.Add(at.ToStored());
    }

    private static bool Tell(SqlSession session, AcceptRequest request)
    {
        const string One = "message = $1 AND recipient = $2 AND action = $3";
        var keys = request.Tells.OrderBy(notice => (notice.Key.Recipient, notice.Action)).ToList();
        foreach (var (message, recipient, action) in keys.Select(notice => (notice.Key.Message.Value, notice.Key.Recipient, (int)notice.Action)))
        {
            if (session.Scalar($"SELECT 1 FROM dsn_notice WHERE {One} AND state = 0 FOR UPDATE", message, recipient, action) is null)
            {
                return false;
            }
        }

        keys.ForEach(notice => session.Execute(
            $"UPDATE dsn_notice SET state = 1, report = $4 WHERE {One}", notice.Key.Message.Value, notice.Key.Recipient, (int)notice.Action, request.Messages[0].Id.Value));
        return true;
    }
}
