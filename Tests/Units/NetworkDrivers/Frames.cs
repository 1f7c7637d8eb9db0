using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>Frames to send.</summary>
internal static class Frames
{
    public static byte[] Random(Random random, MacAddress destination)
        => Make(random, destination, random.Next(60, PacketBatch.MaximumFrameBytes + 1));

    public static byte[] Make(Random random, MacAddress destination, int length)
    {
        byte[] frame = new byte[length];
        random.NextBytes(frame);
        destination.Write(frame);
        return frame;
    }

    public static void AssertSame(IReadOnlyList<byte[]> expected, IReadOnlyList<byte[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int index = 0; index < expected.Count; index++)
        {
            Assert.True(expected[index].AsSpan().SequenceEqual(actual[index]), $"frame {index} differs");
        }
    }
}
