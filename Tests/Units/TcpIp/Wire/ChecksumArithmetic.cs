using System;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class ChecksumArithmetic
{
    [Fact]
    public void TheExampleOfRfc1071HoldsUp()
    {
        // RFC 1071 §3: the sum of 0001 f203 f4f5 f6f7 is ddf2.
        byte[] data = [0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7];
        Assert.Equal(unchecked((ushort)~0xDDF2), InternetChecksum.Compute(data));
    }

    [Fact]
    public void NothingSumsToAllOnes() => Assert.Equal(ushort.MaxValue, InternetChecksum.Compute([]));

    [Fact]
    public void EveryLengthAgreesWithTheDefinition()
    {
        Random random = new(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(ByDefinition(data), InternetChecksum.Compute(data));
        }
    }

    [Fact]
    public void CarriesComeAroundHoweverManyThereAre()
    {
        byte[] data = new byte[1500];
        data.AsSpan().Fill(0xFF);
        Assert.Equal(0, InternetChecksum.Compute(data));
    }

    [Fact]
    public void PiecesAddUpToTheWhole()
    {
        byte[] data = new byte[101];
        new Random(2).NextBytes(data);
        for (int cut = 0; cut <= data.Length; cut += 2)
        {
            ulong sum = InternetChecksum.Add(InternetChecksum.Add(0, data.AsSpan(0, cut)), data.AsSpan(cut));
            Assert.Equal(InternetChecksum.Compute(data), InternetChecksum.Finish(sum));
        }
    }

    [Fact]
    public void ThePseudoHeaderIsSummedAsIfItWereThere()
    {
        byte[] asBytes = [10, 0, 2, 15, 192, 168, 7, 1, 0, 17, 5, 0xDC];
        ulong sum = InternetChecksum.AddPseudoHeader(0, new(0x0A00_020F), new(0xC0A8_0701), IpProtocol.Udp, 0x5DC);
        Assert.Equal(InternetChecksum.Compute(asBytes), InternetChecksum.Finish(sum));
    }

    private static ushort ByDefinition(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        for (int index = 0; index < data.Length; index++)
        {
            sum += index % 2 == 0 ? (uint)data[index] << 8 : data[index];
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
