namespace Orleans.Runtime;

/// <summary>Name of a grain class within identities.</summary>
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>From an identifier.</summary>
    public GrainType(IdSpan id) => Value = id;

    /// <summary>The identifier.</summary>
    public IdSpan Value { get; }

    /// <summary>True for the one without a name.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>From text; it must not be empty.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    /// <inheritdoc />
    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => Value.GetUniformHashCode();

    /// <summary>Order by bytes.</summary>
    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();

    /// <summary>Equality of names.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Inequality of names.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
