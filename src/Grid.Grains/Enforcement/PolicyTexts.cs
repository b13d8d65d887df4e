using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>What a policy's text is called by, and how it is read together with what it extends.</summary>
public static class PolicyTexts
{
    /// <summary>Who pushed what is built in.</summary>
    public const string Grid = "grid";

    /// <summary>Most policies that one may extend, one after another.</summary>
    public const int MaxParents = 8;

    /// <summary>SHA-256 over the text, and name and text of each parent, each after its length; 64 hexadecimal digits.</summary>
    public static string HashOf(string text, IReadOnlyList<PolicyParent> parents)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parents.SelectMany(p => new[] { p.Name, p.Text }).Prepend(text))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            sha.AppendData(length);
            sha.AppendData(bytes);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>Reads a version with the parents that it was pushed with.</summary>
    public static PolicyReading Read(IPolicyReader reader, PolicyText text)
    {
        var reading = reader.Read(text.Name, text.Text, name => text.Parents.FirstOrDefault(p => p.Name == name)?.Text);
        return reading is PolicyReading.Done done ? new PolicyReading.Done(done.Policy with { Name = text.Name, Version = text.Version }) : reading;
    }

    /// <summary>Reads a draft against policies as they are in force, and notes which of them it extends, nearest first.</summary>
    public static (PolicyReading Reading, IReadOnlyList<PolicyParent> Parents) Read(IPolicyReader reader, string name, string text, Func<string, PolicyParent?> find)
    {
        var parents = new List<PolicyParent>();
        var reading = reader.Read(name, text, asked =>
        {
            var known = parents.Find(p => p.Name == asked);
            if (known is null && parents.Count < MaxParents && find(asked) is { } found)
            {
                parents.Add(known = found);
            }

            return known?.Text;
        });
        return (reading, parents);
    }

    internal static IReadOnlyList<PolicyParent> BuiltInParents(IPolicyReader reader, string name, string text) =>
        Read(reader, name, text, asked => reader.BuiltIn.TryGetValue(asked, out var parent) ? new(asked, 1, parent) : null) switch
        {
            (PolicyReading.Done, var parents) => parents,
            (PolicyReading.Refused refused, _) => throw new InvalidDataException($"the built-in policy {name} has a fault: {refused.Mistakes[0].Message}"),
            _ => throw new InvalidOperationException("no such reading"),
        };

    internal static Decision Decide(PolicyText text, PolicyHead next, string action, string by, string reason, DateTimeOffset now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"policy-{text.Name}-{next.Revision:D8}"),
        At = now,
        Subject = Subject.Policy(text.Name),
        From = Standing.Active,
        To = Standing.Active,
        Action = action,
        Policy = text.Name,
        PolicyVersion = text.Version,
        PolicyHash = text.Hash,
        Clause = by,
        By = by,
        Reason = reason,
        Kind = DecisionKind.Push,
        Figures = next.Share > 0 ? [new("share", next.Share / 10_000m)] : [],
    };
}
