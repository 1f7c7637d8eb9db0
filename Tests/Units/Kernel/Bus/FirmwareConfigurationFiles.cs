using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using NooksOS.Kernel.Bus;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class FirmwareConfigurationFiles
{
    private static FakePort PortWith(params (string Name, string Content)[] files)
    {
        FakePort port = new();
        byte[] directory = new byte[4 + (64 * files.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(directory, (uint)files.Length);
        for (int index = 0; index < files.Length; index++)
        {
            System.Span<byte> entry = System.MemoryExtensions.AsSpan(directory, 4 + (64 * index), 64);
            BinaryPrimitives.WriteUInt32BigEndian(entry, (uint)files[index].Content.Length);
            BinaryPrimitives.WriteUInt16BigEndian(entry[4..], (ushort)(0x20 + index));
            Encoding.ASCII.GetBytes(files[index].Name, entry[8..]);
            port.Items[(ushort)(0x20 + index)] = Encoding.ASCII.GetBytes(files[index].Content);
        }

        port.Items[0] = "QEMU"u8.ToArray();
        port.Items[0x19] = directory;
        return port;
    }

    [Fact]
    public void AFileIsReadByItsWholeName()
    {
        FakePort port = PortWith(("opt/org.nooks/arguments2", "no"), ("opt/org.nooks/arguments", "isolation=direct"));
        Assert.Equal("isolation=direct"u8.ToArray(), FirmwareConfiguration.ReadFile(port, "opt/org.nooks/arguments"u8, 4096));
        Assert.Null(FirmwareConfiguration.ReadFile(port, "opt/org.nooks"u8, 4096));
    }

    [Fact]
    public void AFolderIsListed()
    {
        FakePort port = PortWith(("opt/org.nooks/images/one", "1"), ("opt/org.nooks/arguments", "2"), ("opt/org.nooks/images/two", "3"));
        Assert.Equal(["one", "two"], FirmwareConfiguration.ListFiles(port, "opt/org.nooks/images/"u8));
        port.Items[0] = [];
        Assert.Empty(FirmwareConfiguration.ListFiles(port, "opt/"u8));
    }

    [Fact]
    public void AFileOverTheLimitIsNotRead()
        => Assert.Null(FirmwareConfiguration.ReadFile(PortWith(("a", "12345")), "a"u8, 4));

    [Fact]
    public void WithoutTheDeviceThereAreNoFiles()
    {
        FakePort port = PortWith(("a", "1"));
        port.Items[0] = [0xFF, 0xFF, 0xFF, 0xFF];
        Assert.Null(FirmwareConfiguration.ReadFile(port, "a"u8, 4));
    }

    private sealed class FakePort : IFirmwareConfigurationPort
    {
        private byte[] _selected = [];
        private int _position;

        public Dictionary<ushort, byte[]> Items { get; } = [];

        public void Select(ushort key)
        {
            _selected = Items.TryGetValue(key, out byte[]? item) ? item : [];
            _position = 0;
        }

        public byte ReadNext() => _position < _selected.Length ? _selected[_position++] : (byte)0;
    }
}
