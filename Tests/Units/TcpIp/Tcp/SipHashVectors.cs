using System;
using System.Buffers.Binary;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class SipHashVectors
{
    [Fact]
    public void TheReferenceImplementationAgrees()
    {
        // vectors.h of the authors: key 00..0f, message 00..17.
        byte[] bytes = [.. Enumerable.Range(0, 24).Select(value => (byte)value)];
        SipHash hash = new(Word(bytes, 0), Word(bytes, 8));
        Assert.Equal(0xB8AD_50C6_F649_AF94, hash.Hash(Word(bytes, 0), Word(bytes, 8), Word(bytes, 16)));
    }

    private static ulong Word(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));
}
