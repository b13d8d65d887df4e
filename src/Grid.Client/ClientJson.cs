using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Client;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Mail))]
[JsonSerializable(typeof(SendResult))]
[JsonSerializable(typeof(MailEvent))]
internal sealed partial class ClientJson : JsonSerializerContext;
