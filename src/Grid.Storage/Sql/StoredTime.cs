using System.Data.Common;

namespace Grid.Storage.Sql;

/// <summary>Instants as they are stored: milliseconds since 1970-01-01 UTC.</summary>
internal static class StoredTime
{
    public static long ToStored(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static DateTimeOffset FromStored(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset GetTime(this DbDataReader reader, int column) => FromStored(reader.GetInt64(column));

    public static string? GetText(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static byte[] GetBytes(this DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}
