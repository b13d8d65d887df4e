using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.Embedded.Identity;

/// <summary>xxHash32 with seed 0: the same in every process, so that stored hash codes stay good.</summary>
internal static class StableHash
{
    private const uint P1 = 0x9E3779B1, P2 = 0x85EBCA77, P3 = 0xC2B2AE3D, P4 = 0x27D4EB2F, P5 = 0x165667B1;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var length = (uint)data.Length;
            uint hash;
            if (data.Length >= 16)
            {
                uint a = P1 + P2, b = P2, c = 0, d = 0 - P1;
                for (; data.Length >= 16; data = data[16..])
                {
                    a = Round(a, data);
                    b = Round(b, data[4..]);
                    c = Round(c, data[8..]);
                    d = Round(d, data[12..]);
                }

                hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            }
            else
            {
                hash = P5;
            }

            hash += length;
            for (; data.Length >= 4; data = data[4..])
            {
                hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(data) * P3), 17) * P4;
            }

            foreach (var one in data)
            {
                hash = BitOperations.RotateLeft(hash + (one * P5), 11) * P1;
            }

            hash = (hash ^ (hash >> 15)) * P2;
            hash = (hash ^ (hash >> 13)) * P3;
            return hash ^ (hash >> 16);
        }
    }

    private static uint Round(uint sum, ReadOnlySpan<byte> lane) =>
        unchecked(BitOperations.RotateLeft(sum + (BinaryPrimitives.ReadUInt32LittleEndian(lane) * P2), 13) * P1);
}
