using System;
using System.Buffers.Binary;
using System.Numerics;

namespace NooksOS.Files;

/// <summary>SHA-256 (FIPS 180-4 §6.2). The base library's own needs a native library that images do not have.</summary>
public sealed class Sha256
{
    /// <summary>Length of a digest.</summary>
    public const int DigestBytes = 32;

    private const int BlockBytes = 64;
    private const int Rounds = 64;

    // §4.2.2.
    private static readonly uint[] s_constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    // §5.3.3.
    private readonly uint[] _state =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly byte[] _block = new byte[BlockBytes];
    private ulong _lengthBytes;

    /// <summary>Takes some bytes of the message.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        int held = (int)(_lengthBytes % BlockBytes);
        _lengthBytes += (ulong)data.Length;
        if (held != 0)
        {
            int taken = Math.Min(BlockBytes - held, data.Length);
            data[..taken].CopyTo(_block.AsSpan(held));
            data = data[taken..];
            if (held + taken < BlockBytes)
            {
                return;
            }

            Compress(_block);
        }

        while (data.Length >= BlockBytes)
        {
            Compress(data[..BlockBytes]);
            data = data[BlockBytes..];
        }

        data.CopyTo(_block);
    }

    /// <summary>Writes the digest. Nothing may be appended afterwards.</summary>
    public void Finish(Span<byte> digest)
    {
        // §5.1.1: one bit, zeros, and the length in bits in the last eight bytes of a block.
        int held = (int)(_lengthBytes % BlockBytes);
        Span<byte> padding = stackalloc byte[2 * BlockBytes];
        padding.Clear();
        padding[0] = 0x80;
        int length = (held < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes) - held;
        BinaryPrimitives.WriteUInt64BigEndian(padding[(length - sizeof(ulong))..], _lengthBytes * 8);
        Append(padding[..length]);
        for (int index = 0; index < _state.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(index * sizeof(uint))..], _state[index]);
        }
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Rounds];
        for (int index = 0; index < 16; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt32BigEndian(block[(index * sizeof(uint))..]);
        }

        for (int index = 16; index < Rounds; index++)
        {
            uint early = words[index - 15];
            uint late = words[index - 2];
            uint sigma0 = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3);
            uint sigma1 = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10);
            words[index] = words[index - 16] + sigma0 + words[index - 7] + sigma1;
        }

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        for (int index = 0; index < Rounds; index++)
        {
            uint sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint first = h + sum1 + ((e & f) ^ (~e & g)) + s_constants[index] + words[index];
            uint sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }
}
