using Grid.Grains.Ingress;

namespace Grid.Host.Api;

/// <summary>What the intake decided, as an answer.</summary>
internal static class IntakeAnswer
{
    /// <summary>202 with what became of the messages, or why not.</summary>
    public static IResult Of(IntakeResult result, Func<IReadOnlyList<AcceptedMessage>, ReadOnlyMemory<byte>> render) => result switch
    {
        IntakeResult.Accepted accepted => Answer.Written(render(accepted.Messages), StatusCodes.Status202Accepted),
        IntakeResult.Repeated repeated => Answer.Written(repeated.Response, StatusCodes.Status202Accepted),
        _ => Problem(result),
    };

    /// <summary>Why nothing was kept.</summary>
    public static Problem Problem(IntakeResult result) => result switch
    {
        IntakeResult.KeyReused => Api.Problem.KeyReused(),
        IntakeResult.Refused refused => Api.Problem.Refused(refused.Refusal, refused.RetryAfter),
        IntakeResult.Unavailable unavailable => Api.Problem.Unavailable(unavailable.Words),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is no refusal"),
    };
}
