using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A grain's identity: its class's name and its key. As text "type/key".</summary>
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>
{
    /// <summary>The class's name.</summary>
    public GrainType Type { get; } = type;

    /// <summary>The key.</summary>
    public IdSpan Key { get; } = key;

    /// <summary>True for the one without type and key.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>From text.</summary>
    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    /// <summary>From a type and text.</summary>
    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    /// <summary>From a type and a key.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads "type/key"; the key may itself hold a slash.</summary>
    /// <exception cref="FormatException">It has no slash, or an empty type.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"\"{value}\" is not a grain id (type/key).");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/') ?? -1;
        result = slash > 0 && !string.IsNullOrWhiteSpace(value![..slash]) ? Create(value[..slash], value[(slash + 1)..]) : default;
        return !result.IsDefault;
    }

    /// <inheritdoc />
    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => unchecked((int)GetUniformHashCode());

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => unchecked((Type.GetUniformHashCode() * 31) + Key.GetUniformHashCode());

    /// <summary>Order by type, then key.</summary>
    public int CompareTo(GrainId other) => Type.CompareTo(other.Type) is var order && order != 0 ? order : Key.CompareTo(other.Key);

    /// <inheritdoc />
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Equality of type and key.</summary>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Inequality of type or key.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
