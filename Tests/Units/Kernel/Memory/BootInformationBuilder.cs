using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace NooksOS.Tests.Units.Kernel.Memory;

/// <summary>Makes boot information as a loader would.</summary>
internal sealed class BootInformationBuilder
{
    private readonly List<byte> _tags = [];

    public static byte[] Words(params uint[] words)
    {
        byte[] bytes = new byte[4 * words.Length];
        for (int index = 0; index < words.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * index), words[index]);
        }

        return bytes;
    }

    public BootInformationBuilder Tag(uint kind, params byte[] content)
    {
        _tags.AddRange(Words(kind, (uint)content.Length + 8));
        _tags.AddRange(content);
        while (_tags.Count % 8 != 0)
        {
            _tags.Add(0xCC);
        }

        return this;
    }

    public BootInformationBuilder CommandLine(string text) => Tag(1, Encoding.UTF8.GetBytes(text + "\0"));

    public BootInformationBuilder Module(uint start, uint end, string text)
        => Tag(3, [.. Words(start, end), .. Encoding.UTF8.GetBytes(text + "\0")]);

    public BootInformationBuilder MemoryMap(uint entryBytes, params (ulong Start, ulong Length, uint Kind)[] entries)
    {
        List<byte> content = [.. Words(entryBytes, 0)];
        foreach ((ulong start, ulong length, uint kind) in entries)
        {
            content.AddRange(Words((uint)start, (uint)(start >> 32), (uint)length, (uint)(length >> 32), kind, 0));
            content.AddRange(new byte[entryBytes - 24]);
        }

        return Tag(6, [.. content]);
    }

    public byte[] Build()
    {
        byte[] bytes = [.. Words((uint)_tags.Count + 16, 0), .. _tags, .. Words(0, 8)];
        return bytes;
    }
}
