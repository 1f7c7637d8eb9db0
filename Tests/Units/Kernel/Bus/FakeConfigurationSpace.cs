using System.Collections.Generic;
using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Tests.Units.Kernel.Bus;

/// <summary>PCI functions with writable command and base address registers.</summary>
internal sealed class FakeConfigurationSpace : IPciConfigurationSpace
{
    private readonly Dictionary<(PciAddress Address, byte OffsetBytes), uint> _words = [];
    private readonly Dictionary<(PciAddress Address, byte OffsetBytes), uint> _writableBits = [];

    public List<(PciAddress Address, byte OffsetBytes, uint Value)> Writes { get; } = [];

    public FakeConfigurationSpace With(PciAddress address, byte offsetBytes, uint value, uint writableBits = 0)
    {
        _words[(address, offsetBytes)] = value;
        _writableBits[(address, offsetBytes)] = writableBits;
        return this;
    }

    public uint Read(PciAddress address, byte offsetBytes)
        => _words.TryGetValue((address, offsetBytes), out uint value) ? value : offsetBytes == 0 ? uint.MaxValue : 0;

    public void Write(PciAddress address, byte offsetBytes, uint value)
    {
        Writes.Add((address, offsetBytes, value));
        if (_writableBits.TryGetValue((address, offsetBytes), out uint mask))
        {
            _words[(address, offsetBytes)] = (_words[(address, offsetBytes)] & ~mask) | (value & mask);
        }
    }
}
