namespace Grid.Host.Policies;

/// <summary>Reads a number with its unit; otherwise says what would be right.</summary>
internal delegate bool UnitForm<T>(string text, out T value, out string fault);
