using System.Text.Json;
using Orleans.Storage;

namespace Grid.Host.Wiring;

/// <summary>Grain state as JSON, in the form in which the embedded engine keeps it.</summary>
internal sealed class OrleansStateJson : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Json));

    public T Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input, Json) ?? throw new InvalidDataException($"a stored {typeof(T).Name} is empty");
}
