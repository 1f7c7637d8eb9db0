using System;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>Registers and DMA buffers as a driver sees them: never outside what the kernel mapped.</summary>
public sealed unsafe class DeviceMemory : IDisposable
{
    private const uint LengthBytes = 64;

    private readonly Loopback _loopback = new();
    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(LengthBytes);

    public void Dispose() => NativeMemory.Free(_memory);

    [Fact]
    public void RegistersAreReadAndWrittenInPlace()
    {
        RegisterWindow window = Window(LengthBytes);
        window.Write32(60, 0x12345678);
        Assert.Equal(0x12345678u, window.Read32(60));
        Assert.Equal(0x12345678u, *(uint*)(_memory + 60));
        Assert.Equal(LengthBytes, window.LengthBytes);
    }

    [Fact]
    public void RegistersOfEveryWidthAreReadAndWrittenAlone()
    {
        RegisterWindow window = Window(LengthBytes);
        window.Write32(4, uint.MaxValue);
        window.Write8(5, 0x12);
        window.Write16(6, 0x3456);
        Assert.Equal(0x345612FFu, window.Read32(4));
        Assert.Equal(0x12, window.Read8(5));
        Assert.Equal(0x3456, window.Read16(6));
        Assert.Equal(0x34, window.Read8(7));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(64, 63)]
    [InlineData(64, 1)]
    [InlineData(1, 0)]
    [InlineData(64, 0xFFFF_FFFE)]
    public void ANarrowRegisterOutsideTheWindowIsRefused(uint lengthBytes, uint offsetBytes)
    {
        RegisterWindow window = Window(lengthBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Read16(offsetBytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Write16(offsetBytes, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Read8(lengthBytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Write8(lengthBytes, 0));
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(64, 61)]
    [InlineData(64, 2)]
    [InlineData(64, 0xFFFF_FFFC)]
    [InlineData(63, 60)]
    [InlineData(3, 0)]
    [InlineData(0, 0)]
    public void ARegisterOutsideTheWindowIsRefused(uint lengthBytes, uint offsetBytes)
    {
        RegisterWindow window = Window(lengthBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Read32(offsetBytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Write32(offsetBytes, 0));
    }

    [Fact]
    public void ABufferHoldsWholeElementsOnly()
    {
        DmaBufferDescription description = new(default, (ulong)_memory, 0xABC000, LengthBytes);
        DmaBuffer buffer = (DmaBuffer)Activator.CreateInstance(_loopback.ExtensionType("MappedDmaBuffer"), description)!;
        Assert.Equal(0xABC000ul, buffer.DeviceAddress);
        Assert.Equal((int)LengthBytes, buffer.Bytes.Length);
        Assert.Equal(16, buffer.As<uint>().Length);
        Assert.Equal(2, buffer.As<Odd>().Length);
        buffer.As<uint>()[15] = 7;
        Assert.Equal(7, _memory[60]);
    }

    private RegisterWindow Window(uint lengthBytes)
    {
        RegisterWindowDescription description = new(default, (ulong)_memory, lengthBytes);
        return (RegisterWindow)Activator.CreateInstance(_loopback.ExtensionType("MappedRegisterWindow"), description)!;
    }

    private struct Odd
    {
        public fixed byte Bytes[24];
    }
}
