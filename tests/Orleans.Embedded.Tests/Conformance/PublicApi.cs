using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Embedded.Tests.Conformance;

/// <summary>What an assembly offers to others: its public types, each with its kind and its members as text.</summary>
internal static class PublicApi
{
    /// <summary>By type: lines such as "method static Create(String value): Orleans.Runtime.IdSpan".</summary>
    public static Dictionary<string, SortedSet<string>> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return reader.TypeDefinitions.Where(handle => IsPublic(reader, handle))
            .ToDictionary(handle => TypeNames.Name(reader, handle), handle => Lines(reader, reader.GetTypeDefinition(handle)));
    }

    private static bool IsPublic(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static SortedSet<string> Lines(MetadataReader reader, TypeDefinition type)
    {
        var names = new TypeNames();
        var lines = new SortedSet<string>(StringComparer.Ordinal) { Kind(reader, type) };
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(static method => IsOffered(method.Attributes)))
        {
            var signature = method.DecodeSignature(names, null);
            var parameters = method.GetParameters().Select(reader.GetParameter).Where(static parameter => parameter.SequenceNumber > 0)
                .Select(parameter => $"{signature.ParameterTypes[parameter.SequenceNumber - 1]} {reader.GetString(parameter.Name)}");
            var generic = signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "";
            var where = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : "";
            lines.Add($"{where}{reader.GetString(method.Name)}{generic}({string.Join(", ", parameters)}): {signature.ReturnType}");
        }

        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family)
            {
                var value = field.GetDefaultValue() is { IsNil: false } constant ? " = " + Convert.ToHexString(reader.GetBlobBytes(reader.GetConstant(constant).Value)) : "";
                lines.Add($"field {reader.GetString(field.Name)}: {field.DecodeSignature(names, null)}{value}");
            }
        }

        return lines;
    }

    private static bool IsOffered(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string Kind(MetadataReader reader, TypeDefinition type)
    {
        var parent = type.BaseType.Kind == HandleKind.TypeReference ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type.BaseType).Name) : "";
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface" : parent is "ValueType" ? "struct" : parent is "Enum" ? "enum" : parent is "MulticastDelegate" ? "delegate" : "class";
        return kind is not "class" ? kind
            : type.Attributes.HasFlag(TypeAttributes.Abstract) ? type.Attributes.HasFlag(TypeAttributes.Sealed) ? "static class" : "abstract class"
            : type.Attributes.HasFlag(TypeAttributes.Sealed) ? "sealed class" : "class";
    }
}
