using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.NetworkDrivers;

internal sealed class FakeDmaBuffer(ulong address, uint lengthBytes) : DmaBuffer
{
    private readonly byte[] _bytes = new byte[lengthBytes];

    public override ulong DeviceAddress => address;

    public override Span<byte> Bytes => _bytes;
}
