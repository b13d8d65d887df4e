using System.Buffers;
using System.Runtime.CompilerServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Grid.Host.Wiring;

/// <summary>
/// The lists that the compiler makes of collection expressions have types of its own, which no silo knows: they cross as arrays. Within a
/// silo they are passed on as they are, as their elements can't be changed.
/// </summary>
internal sealed class OrleansListCodec : IGeneralizedCodec, IGeneralizedCopier
{
    private const string MadeByCompiler = "<>z__ReadOnly";

    public bool IsSupportedType(Type type) =>
        type.IsConstructedGenericType && type.Name.StartsWith(MadeByCompiler, StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        var elements = (System.Collections.ICollection)value!;
        var array = Array.CreateInstance(value!.GetType().GenericTypeArguments[0], elements.Count);
        elements.CopyTo(array, 0);
        writer.Session.CodecProvider.GetCodec(array.GetType()).WriteField(ref writer, fieldIdDelta, expectedType!, array);
    }

    public object ReadValue<TInput>(ref Reader<TInput> reader, Field field) => throw new InvalidOperationException("such a list is written as an array");

    public object? DeepCopy(object? input, CopyContext context) => input;
}
