using System.Collections.Concurrent;
using Grid.Contracts.Sending;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Sending;

/// <summary>
/// Listens to refusals for what the sites' profiles count. In: replies of receivers. Out: word to the lane, one call under way for each
/// lane and rule, with as many replies as came meanwhile. A lane that can't be told is told with the next such reply.
/// </summary>
public sealed partial class ReplyWatch(IGrainFactory grains, IShapingSource shaping, ILogger<ReplyWatch> log)
{
    private readonly ConcurrentDictionary<(string Ip, string Site, string Rule), Pending> _pending = new();

    /// <summary>The replies of one transaction, or of a greeting; what is said twice in it counts once.</summary>
    public void Heed(string ip, string site, IReadOnlyList<SmtpReply> replies)
    {
        SmtpReply? before = null;
        foreach (var reply in replies)
        {
            if (reply.Code >= 400 && !ReferenceEquals(reply, before) && shaping.Current.ForSite(site).Match(reply) is { } rule)
            {
                Tell((ip, site, rule.Id), reply);
            }

            before = reply;
        }
    }

    private void Tell((string Ip, string Site, string Rule) key, SmtpReply reply)
    {
        var pending = _pending.GetOrAdd(key, static _ => new());
        lock (pending)
        {
            pending.Replies++;
            pending.Last = reply;
            if (pending.Telling)
            {
                return;
            }

            pending.Telling = true;
        }

        _ = TellAsync(key, pending);
    }

    private async Task TellAsync((string Ip, string Site, string Rule) key, Pending pending)
    {
        await Task.Yield();
        while (true)
        {
            int replies;
            SmtpReply last;
            lock (pending)
            {
                (replies, last) = (pending.Replies, pending.Last!);
                if (replies == 0)
                {
                    // Whoever holds on to this one just now begins anew with it.
                    pending.Telling = false;
                    _pending.TryRemove(new(key, pending));
                    return;
                }

                pending.Replies = 0;
            }

            try
            {
                await grains.GetGrain<ILaneGrain>($"{key.Ip}|{key.Site}").Heed(key.Rule, replies, last);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogNotTold(e, key.Ip, key.Site);
            }
        }
    }

    private sealed class Pending
    {
        public int Replies { get; set; }

        public SmtpReply? Last { get; set; }

        public bool Telling { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lane from {Ip} to {Site} could not be told of a refusal")]
    private partial void LogNotTold(Exception e, string ip, string site);
}
