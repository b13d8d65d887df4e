using System.Text;
using Orleans.Embedded.Identity;

namespace Orleans.Runtime;

/// <summary>An identifier as UTF-8 bytes, with a hash that is the same in every process.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hashCode;

    /// <summary>Takes the bytes, which must not change afterwards.</summary>
    public IdSpan(byte[] value)
    {
        _value = value;
        _hashCode = (int)StableHash.Of(value);
    }

    /// <summary>True for the one without bytes.</summary>
    public bool IsDefault => _value is null;

    /// <summary>From text.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <inheritdoc />
    public bool Equals(IdSpan obj) => ReferenceEquals(_value, obj._value) || (_hashCode == obj._hashCode && AsSpan().SequenceEqual(obj._value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _hashCode;

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => unchecked((uint)_hashCode);

    /// <summary>Order by bytes.</summary>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other._value);

    /// <inheritdoc />
    public override string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    /// <summary>Equality of bytes.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Inequality of bytes.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
