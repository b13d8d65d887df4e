using Grid.Storage.Sql;

namespace Grid.Storage.Writing;

/// <summary>Any other write: a few statements on the writer's connection.</summary>
internal sealed class SqlWrite<T>(Func<SqlSession, T> run) : Write<T>, ISqlWrite
{
    public void Run(SqlSession session) => Result = run(session);
}
