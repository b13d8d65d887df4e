using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Storage.Queue;

/// <summary>
/// Notes of deliveries not yet committed, in a file mapped into memory: its pages belong to the kernel and outlive a killed process.
/// In: a place reserved, marked, released. Out: after a restart, what was left marked and is still queued.
/// Guarantees that marking takes no system call and no lock, and that a torn or foreign place is taken for an empty one (each has its
/// check sum).
/// Fails: beyond <see cref="Places"/> attempts at once Reserve says -1; a place released twice throws.
/// </summary>
internal sealed class DeliveryMarks : IDeliveryMarks
{
    /// <summary>Places in the file.</summary>
    public const int Places = 4_096;

    private const int PlaceBytes = 32;
    private const string FileName = "grid.marks";

    // In a recipient's index, which is far smaller.
    private const int PassedOn = 1 << 30;

    private readonly int[] _next = new int[Places];
    private readonly int[] _taken = new int[Places];
    private List<(EnvelopeKey Key, DateTimeOffset At, bool PassedOn)> _recovered = [];
    private List<int> _recoveredPlaces = [];
    private unsafe byte* _places;

    /// <summary>First free place plus one in the low half (0: none), a change count in the high half, so that a place that left and
    /// came back between a read and an exchange is noticed.</summary>
    private long _free;

    /// <inheritdoc />
    public IReadOnlyList<(EnvelopeKey Key, DateTimeOffset At, bool PassedOn)> Recovered => _recovered;

    /// <summary>Maps the file and reads what an earlier process left; <paramref name="isLive"/> tells whether an envelope is still queued.</summary>
    public async ValueTask OpenAsync(string folder, Func<EnvelopeKey, ValueTask<bool>> isLive)
    {
        Map(Path.Combine(folder, FileName));
        _recovered = [];
        _recoveredPlaces = [];
        _free = 0;
        for (var place = Places - 1; place >= 0; place--)
        {
            _taken[place] = 1;
            if (Read(place) is { } mark && await isLive(mark.Key))
            {
                _recovered.Add(mark);
                _recoveredPlaces.Add(place);
            }
            else
            {
                Release(place);
            }
        }
    }

    /// <inheritdoc />
    public int Reserve()
    {
        while (true)
        {
            var free = Volatile.Read(ref _free);
            var place = (int)(uint)free - 1;
            if (place < 0)
            {
                return -1;
            }

            if (Interlocked.CompareExchange(ref _free, Pack(free, Volatile.Read(ref _next[place])), free) == free)
            {
                Volatile.Write(ref _taken[place], 1);
                return place;
            }
        }
    }

    /// <inheritdoc />
    public unsafe void Mark(int place, EnvelopeKey key, DateTimeOffset at, bool passedOn = false)
    {
        var bytes = Place(place);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, key.Message.Value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], key.Recipient | (passedOn ? PassedOn : 0));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], at.ToUnixTimeMilliseconds());

        // The sum last: until it stands, the place counts as empty.
        Volatile.Write(ref *(ulong*)(_places + (place * PlaceBytes) + 24), Sum(bytes));
    }

    /// <inheritdoc />
    public unsafe void Release(int place)
    {
        Volatile.Write(ref *(ulong*)(_places + (CheckedPlace(place) * PlaceBytes) + 24), 0UL);
        if (Interlocked.Exchange(ref _taken[place], 0) == 0)
        {
            throw new InvalidOperationException($"place {place} is released but was not reserved");
        }

        while (true)
        {
            var free = Volatile.Read(ref _free);
            Volatile.Write(ref _next[place], (int)(uint)free);
            if (Interlocked.CompareExchange(ref _free, Pack(free, place + 1), free) == free)
            {
                return;
            }
        }
    }

    /// <inheritdoc />
    public void ClearRecovered()
    {
        var places = _recoveredPlaces;
        _recovered = [];
        _recoveredPlaces = [];
        places.ForEach(Release);
    }

    private static long Pack(long previous, int first) => (((previous >> 32) + 1) << 32) | (uint)first;

    /// <summary>FNV-1a over the place, seeded so that a file of zeros holds no valid mark.</summary>
    private static ulong Sum(ReadOnlySpan<byte> place)
    {
        var sum = 0xCBF29CE484222325UL;
        foreach (var b in place[..20])
        {
            sum = (sum ^ b) * 0x100000001B3;
        }

        return sum | 1;
    }

    private static int CheckedPlace(int place) => (uint)place < Places ? place : throw new ArgumentOutOfRangeException(nameof(place), place, "no such place");

    /// <summary>The view outlives file and mapping, and stays until the process ends: an attempt that is still running while the store
    /// closes may mark into it.</summary>
    private unsafe void Map(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.SetLength(Places * PlaceBytes);
        using var mapping = MemoryMappedFile.CreateFromFile(file, null, Places * PlaceBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        mapping.CreateViewAccessor().SafeMemoryMappedViewHandle.AcquirePointer(ref _places);
    }

    private unsafe Span<byte> Place(int place) => new(_places + (CheckedPlace(place) * PlaceBytes), PlaceBytes);

    private (EnvelopeKey Key, DateTimeOffset At, bool PassedOn)? Read(int place)
    {
        ReadOnlySpan<byte> bytes = Place(place);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) != Sum(bytes))
        {
            return null;
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]);
        var recipient = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var key = new EnvelopeKey(new(BinaryPrimitives.ReadInt64LittleEndian(bytes)), recipient & ~PassedOn);
        return (key, DateTimeOffset.FromUnixTimeMilliseconds(at), (recipient & PassedOn) != 0);
    }
}
