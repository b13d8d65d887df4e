using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Grid.Architecture.Tests;

/// <summary>
/// What crosses a process: each member numbered, each name fixed, nothing changeable, as the embedded engine passes by reference
/// what another engine copies.
/// </summary>
public sealed class WireRecordTests
{
    private static readonly Assembly Contracts = Assembly.Load("Grid.Contracts");

    private static IEnumerable<Type> Types => Contracts.GetExportedTypes()
        .Where(t => t.Namespace?.StartsWith("Grid.Contracts", StringComparison.Ordinal) is true && !t.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static IEnumerable<Type> Records => Types.Where(t => t is { IsInterface: false, IsEnum: false } && !(t.IsAbstract && t.IsSealed) && !typeof(Delegate).IsAssignableFrom(t));

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.SetMethod is not null && p.Name != "EqualityContract");

    private static object? Argument(MemberInfo member, string attribute) =>
        member.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == attribute + "Attribute") is { } found ? found.ConstructorArguments.FirstOrDefault().Value ?? true : null;

    [Fact]
    public void Records_are_serialisable_under_a_fixed_name()
    {
        Assert.NotEmpty(Records);
        SourceTree.None(
            from type in Records
            from attribute in type.IsAbstract ? ["GenerateSerializer"] : new[] { "GenerateSerializer", "Alias" }
            where Argument(type, attribute) is null
            select $"{type.FullName} has no [{attribute}]");
    }

    [Fact]
    public void Records_number_their_members_once() =>
        SourceTree.None(
            from type in Records
            let numbers = Members(type).Select(p => (p.Name, Id: Argument(p, "Id"))).ToList()
            from fault in numbers.Where(n => n.Id is null).Select(n => $"{type.FullName}.{n.Name} has no [Id]")
                .Concat(numbers.Where(n => n.Id is not null).GroupBy(n => n.Id).Where(g => g.Count() > 1).Select(g => $"{type.FullName} uses [Id({g.Key})] twice"))
            select fault);

    [Fact]
    public void Records_cannot_be_changed() =>
        SourceTree.None(
            from type in Records
            from fault in Members(type).Where(p => !p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))).Select(p => $"{type.FullName}.{p.Name} can be set")
                .Concat(Members(type).Where(p => IsChangeable(p.PropertyType)).Select(p => $"{type.FullName}.{p.Name} is a changeable {p.PropertyType.Name}"))
                .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.IsInitOnly).Select(f => $"{type.FullName}.{f.Name} is a changeable field"))
            select fault);

    [Fact]
    public void Interfaces_and_their_methods_have_fixed_names() =>
        SourceTree.None(
            from type in Types
            where type.IsInterface
            from member in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Append<MemberInfo>(type)
            where Argument(member, "Alias") is null
            select $"{type.FullName}{(member == type ? "" : "." + member.Name)} has no [Alias]");

    [Fact]
    public void Aliases_are_used_once() =>
        SourceTree.None(
            from type in Types
            let alias = Argument(type, "Alias") as string
            where alias is not null
            group type by alias into same
            where same.Count() > 1
            select $"{same.Key} is the alias of {string.Join(", ", same.Select(t => t.Name))}");

    private static bool IsChangeable(Type type) =>
        type.IsArray || (type.IsClass && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && type.Namespace != "System.Collections.Immutable" && type.Namespace != "System.Collections.Frozen");
}
