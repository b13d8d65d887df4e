using Grid.Core.Vocabulary;

namespace Grid.Grains.Ingress;

/// <summary>Makes ids that rise within a process and differ between processes: at most 4,096 a millisecond, and when a millisecond is full the next one is taken.</summary>
public sealed class MessageIds(NodeIdentity node, TimeProvider clock)
{
    private long _last;

    public MessageId Next()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, (long)(clock.GetUtcNow() - MessageId.Epoch).TotalMilliseconds << 12);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return MessageId.Compose(MessageId.Epoch.AddMilliseconds(next >> 12), node.Number, (int)(next & 0xFFF));
            }
        }
    }
}
