namespace Grid.Host.Options;

/// <summary>Where mail, log and state are kept.</summary>
/// <param name="Provider">Default Sqlite.</param>
/// <param name="ConnectionString">For PostgreSQL, required; null for SQLite, whose file is in <c>Grid:Data</c>.</param>
/// <param name="Owner">Name under which this process owns what it accepted, 1 to 64 characters. Default grid.</param>
/// <param name="KeepBodies">How long messages' bodies are kept after their last recipient is final, for review; 0 to 8,760 h. Default 0.</param>
public sealed record StorageOptions(StorageProvider Provider, string? ConnectionString, string Owner, TimeSpan KeepBodies)
{
    internal static StorageOptions Read(OptionsReader reader)
    {
        var provider = reader.Parse("Grid:Storage:Provider", StorageProvider.Sqlite, "Sqlite or PostgreSQL", (string text, out StorageProvider value) =>
            Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]) && Enum.IsDefined(value));
        var connection = reader.Text("Grid:Storage:ConnectionString");
        if (provider == StorageProvider.PostgreSQL && connection is null)
        {
            reader.Miss("Grid:Storage:ConnectionString", "an Npgsql connection string, as Grid:Storage:Provider is PostgreSQL");
        }

        var owner = reader.Parse("Grid:Storage:Owner", "grid", "1 to 64 letters, digits, '.', '_' or '-'", (string text, out string value) =>
            (value = text).Length <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'));
        return new(provider, connection, owner, TimeSpan.FromHours(reader.Integer("Grid:Storage:KeepBodiesHours", 0, 0, 8760)));
    }
}
