using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using SQLitePCL;

namespace Grid.Storage.Sqlite;

/// <summary>What senders are to be told, written with the mail and the outcomes that it is about.</summary>
internal sealed class SqliteDsn(sqlite3 database) : IDisposable
{
    private readonly SqliteStatement _ask = new(database, "INSERT INTO dsn_recipient (message, recipient, notify, original) VALUES (?, ?, ?, ?)");
    private readonly SqliteStatement _note = new(database, "INSERT INTO dsn_notice (message, recipient, action, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    private readonly SqliteStatement _isDue = new(database, "SELECT 1 FROM dsn_notice WHERE message = ? AND recipient = ? AND action = ? AND state = 0");
    private readonly SqliteStatement _tell = new(database, "UPDATE dsn_notice SET state = 1, report = ? WHERE message = ? AND recipient = ? AND action = ?");

    public void Keep(SpooledMessage message)
    {
        foreach (var asked in message.Dsn?.Recipients ?? [])
        {
            _ask.Bind(message.Id.Value).Bind(asked.Recipient).Bind((long?)asked.Notify).Bind(asked.Original).Execute();
        }

        foreach (var notice in message.Notices)
        {
            Note(notice.Key, notice.Action, notice.At);
        }
    }

    public void Note(Settlement settlement)
    {
        if (settlement.Tell is { } action)
        {
            Note(settlement.Record.Key, action, settlement.Record.At);
        }
    }

    /// <summary>Marks what a report tells; false, and nothing is marked, where some of it is told already.</summary>
    /// <param name="ended">Gets the message that it is about: its body may go.</param>
    public bool Tell(AcceptRequest request, List<long> ended)
    {
        foreach (var notice in request.Tells)
        {
            if (!_isDue.Bind(notice.Key.Message.Value).Bind(notice.Key.Recipient).Bind((long)notice.Action).First())
            {
                return false;
            }
        }

        foreach (var notice in request.Tells)
        {
            ended.Add(notice.Key.Message.Value);
            _tell.Bind(request.Messages[0].Id.Value).Bind(notice.Key.Message.Value).Bind(notice.Key.Recipient).Bind((long)notice.Action).Execute();
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_ask, _note, _isDue, _tell])
        {
            statement.Dispose();
        }
    }

    private void Note(EnvelopeKey key, DsnAction action, DateTimeOffset at) =>
        _note.Bind(key.Message.Value).Bind(key.Recipient).Bind((long)action).Bind(at.ToStored()).Execute();
}
