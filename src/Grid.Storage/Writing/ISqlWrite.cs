using Grid.Storage.Sql;

namespace Grid.Storage.Writing;

/// <summary>A write that consists of statements both dialects understand.</summary>
internal interface ISqlWrite
{
    void Run(SqlSession session);
}
