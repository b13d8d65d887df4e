using System.Text.Json.Serialization.Metadata;

namespace Grid.Host.Api;

/// <summary>Answers as JSON.</summary>
internal static class Answer
{
    private const string MediaType = "application/json";

    /// <summary>A value, as the API's JSON has it.</summary>
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) => TypedResults.Json(value, type, MediaType, status);

    /// <summary>JSON that was written before.</summary>
    public static IResult Written(ReadOnlyMemory<byte> json, int status) => new WrittenJson(json, status);

    private sealed class WrittenJson(ReadOnlyMemory<byte> json, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType, response.ContentLength) = (status, MediaType, json.Length);
            return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
        }
    }
}
