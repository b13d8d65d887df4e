using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What a receiver said.</summary>
/// <param name="Code">0 where no reply was had.</param>
public sealed record ReplyBody(int Code, string Enhanced, string Text)
{
    public static ReplyBody? Of(SmtpReply? reply) => reply is null ? null : new(reply.Code, reply.Enhanced, reply.Text);
}
