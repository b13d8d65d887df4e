using System.Collections.Concurrent;
using System.Data.Common;
using Grid.Core.Ports;

namespace Grid.Storage.Sql;

/// <summary>
/// A few connections that only read, so that readers never wait for the writer. At most <see cref="Size"/> reads run at once; the
/// others queue. A read over a lost connection fails with <see cref="StoreUnavailableException"/>, and the next one opens a new connection.
/// </summary>
internal sealed class ReadPool(Func<CancellationToken, ValueTask<SqlSession>> open, Func<Exception, bool> isOutage, bool blocks) : IDisposable
{
    /// <summary>Most connections.</summary>
    public const int Size = 8;

    private readonly SemaphoreSlim _turns = new(Size, Size);
    private readonly ConcurrentStack<SqlSession> _idle = new();
    private volatile bool _closed;

    /// <summary>A look-up of few rows; on the embedded store it runs on the caller's thread.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        SqlSession? session = null;
        var healthy = false;
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_idle.TryPop(out session))
            {
                session = await open(cancellationToken);
            }

            var result = await read(session, cancellationToken);
            healthy = true;
            return result;
        }
        catch (DbException exception) when (isOutage(exception))
        {
            throw new StoreUnavailableException("the store cannot be read: " + exception.Message, exception);
        }
        finally
        {
            if (session is not null && healthy && !_closed)
            {
                _idle.Push(session);
            }
            else
            {
                session?.Dispose();
            }

            _turns.Release();
        }
    }

    /// <summary>A scan: kept off the caller's thread where the provider's reads block.</summary>
    public ValueTask<T> ScanAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        blocks ? new(Task.Run(() => ReadAsync(read, cancellationToken).AsTask(), cancellationToken)) : ReadAsync(read, cancellationToken);

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object?[] arguments, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        ScanAsync((session, cancel) => session.ListAsync(sql, arguments, map, cancel), cancellationToken);

    public ValueTask<T?> FirstAsync<T>(string sql, object?[] arguments, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        ReadAsync((session, cancel) => session.FirstAsync(sql, arguments, map, cancel), cancellationToken);

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var session))
        {
            session.Dispose();
        }
    }
}
