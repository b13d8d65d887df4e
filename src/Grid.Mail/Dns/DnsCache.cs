namespace Grid.Mail.Dns;

/// <summary>Answers that may be used again. Bounded in entries and bytes: what was used longest ago goes first.</summary>
internal sealed class DnsCache(int mostEntries, long mostBytes, TimeProvider clock)
{
    /// <summary>What an entry takes besides its records, about, in bytes.</summary>
    private const int EntryBytes = 300;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, DnsType Type), LinkedListNode<(string Name, DnsType Type, DnsAnswer Answer, int Bytes)>> _answers = [];
    private readonly LinkedList<(string Name, DnsType Type, DnsAnswer Answer, int Bytes)> _byUse = new();

    /// <summary>Answers held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>Memory of the answers held, about, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Null when there is none that still holds.</summary>
    public DnsAnswer? Find(string name, DnsType type)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue((name, type), out var node))
            {
                return null;
            }

            if (node.Value.Answer.ExpiresAt <= clock.GetUtcNow())
            {
                Remove(node);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Keep(string name, DnsType type, DnsAnswer answer)
    {
        var bytes = EntryBytes + (2 * name.Length) + answer.Records.Sum(Size);
        if (answer.ExpiresAt <= clock.GetUtcNow() || bytes > mostBytes)
        {
            return;
        }

        lock (_gate)
        {
            if (_answers.TryGetValue((name, type), out var old))
            {
                Remove(old);
            }

            _answers[(name, type)] = _byUse.AddFirst((name, type, answer, bytes));
            Bytes += bytes;
            while (_answers.Count > mostEntries || Bytes > mostBytes)
            {
                Remove(_byUse.Last!);
            }
        }
    }

    private void Remove(LinkedListNode<(string Name, DnsType Type, DnsAnswer Answer, int Bytes)> node)
    {
        _byUse.Remove(node);
        _answers.Remove((node.Value.Name, node.Value.Type));
        Bytes -= node.Value.Bytes;
    }

    private static int Size(DnsRecord record) => record switch
    {
        DnsRecord.Address => 100,
        DnsRecord.MailExchanger mx => 80 + (2 * mx.Host.Length),
        DnsRecord.Name name => 60 + (2 * name.Value.Length),
        DnsRecord.Text text => 60 + (2 * text.Value.Length),
        DnsRecord.TlsAssociation tlsa => 80 + tlsa.Data.Length,
        _ => throw new InvalidOperationException($"no such record: {record}"),
    };
}
