using System.Collections.Generic;
using System.Threading;

namespace NooksOS.Kernel.Bus.Pci;

/// <summary>A PCI function, as it was found, and its command register.</summary>
public sealed class PciDevice
{
    private const int BarCount = 6;
    private const uint StatusInterrupt = 1 << 19;
    private const uint StatusHasCapabilities = 1 << 20;
    private const byte BarIo = 1;
    private const uint BarTypeMask = 6;
    private const uint BarType64 = 4;
    private const uint BarPrefetchable = 8;
    private const int MaximumCapabilityCount = 48;
    private const byte FirstCapabilityOffset = 0x40;
    private const uint ConfigurationBytes = 256;

    private readonly Lock _sync = new();
    private readonly IPciConfigurationSpace _space;
    private readonly List<PciBar> _bars = [];
    private readonly List<PciCapability> _capabilities = [];

    internal PciDevice(IPciConfigurationSpace space, PciAddress address)
    {
        _space = space;
        Address = address;
        uint identity = Read(PciRegister.Identity);
        VendorId = (ushort)identity;
        DeviceId = (ushort)(identity >> 16);
        uint classWord = Read(PciRegister.Class);
        Revision = (byte)classWord;
        ProgrammingInterface = (byte)(classWord >> 8);
        Subclass = (byte)(classWord >> 16);
        BaseClass = (byte)(classWord >> 24);
        HeaderLayout = (byte)(Read(PciRegister.HeaderType) >> 16 & 0x7F);
        uint interrupt = Read(PciRegister.Interrupt);
        InterruptLine = (byte)interrupt;
        InterruptPin = (byte)(interrupt >> 8);
        if (HeaderLayout == 0)
        {
            uint subsystem = Read(PciRegister.Subsystem);
            SubsystemVendorId = (ushort)subsystem;
            SubsystemId = (ushort)(subsystem >> 16);
            ReadBars();
        }

        ReadCapabilities();
    }

    /// <summary>Where it is.</summary>
    public PciAddress Address { get; }

    /// <summary>Vendor.</summary>
    public ushort VendorId { get; }

    /// <summary>Device of the vendor.</summary>
    public ushort DeviceId { get; }

    /// <summary>Vendor of the board; 0 for a bridge.</summary>
    public ushort SubsystemVendorId { get; }

    /// <summary>Board of that vendor.</summary>
    public ushort SubsystemId { get; }

    /// <summary>Revision.</summary>
    public byte Revision { get; }

    /// <summary>Class.</summary>
    public byte BaseClass { get; }

    /// <summary>Subclass.</summary>
    public byte Subclass { get; }

    /// <summary>Programming interface of the subclass.</summary>
    public byte ProgrammingInterface { get; }

    /// <summary>Layout of the header: 0 an ordinary function, 1 a bridge.</summary>
    public byte HeaderLayout { get; }

    /// <summary>Input of the old interrupt controller that the firmware has chosen; 255 is none.</summary>
    public byte InterruptLine { get; }

    /// <summary>Which of the four lines it asserts, from 1; 0 is none.</summary>
    public byte InterruptPin { get; }

    /// <summary>What it answers.</summary>
    public IReadOnlyList<PciBar> Bars => _bars;

    /// <summary>Its capabilities.</summary>
    public IReadOnlyList<PciCapability> Capabilities => _capabilities;

    /// <summary>The command register. Reading and writing touch the function.</summary>
    public PciCommand Command
    {
        get => (PciCommand)(ushort)Read(PciRegister.Command);

        // The upper half is the status, whose bits are cleared by writing ones.
        set => _space.Write(Address, (byte)PciRegister.Command, (ushort)value);
    }

    /// <summary>Has the function answer accesses to one of its address spaces.</summary>
    public void Enable(PciCommand space) => Set(space, true);

    /// <summary>Lets the function read and write memory by itself, or forbids it.</summary>
    public void SetBusMaster(bool enabled) => Set(PciCommand.BusMaster, enabled);

    /// <summary>Lets the function assert its interrupt line, or forbids it.</summary>
    public void SetInterruptDisable(bool disabled) => Set(PciCommand.InterruptDisable, disabled);

    /// <summary>Whether the function asks for service, whether or not it may assert its line. Reading touches the function.</summary>
    public bool IsInterruptPending => (Read(PciRegister.Command) & StatusInterrupt) != 0;

    /// <summary>Finds a BAR by its register number.</summary>
    public bool TryGetBar(int index, out PciBar bar)
    {
        foreach (PciBar candidate in _bars)
        {
            if (candidate.Index == index)
            {
                bar = candidate;
                return true;
            }
        }

        bar = default;
        return false;
    }

    /// <summary>
    /// Reads a field of 1, 2 or 4 bytes of configuration space. False, and nothing is read, if there is no such width, or if the
    /// field does not lie in the 256 bytes or not at a multiple of its width.
    /// </summary>
    public bool TryReadConfiguration(uint offsetBytes, uint widthBytes, out uint value)
    {
        value = 0;
        if (widthBytes is not (1 or 2 or 4) || offsetBytes >= ConfigurationBytes || offsetBytes % widthBytes != 0)
        {
            return false;
        }

        uint word = _space.Read(Address, (byte)(offsetBytes & 0xFC));
        value = (word >> (int)(8 * (offsetBytes & 3))) & (uint.MaxValue >> (int)(32 - (8 * widthBytes)));
        return true;
    }

    /// <summary>Bus behind a bridge.</summary>
    internal byte SecondaryBus => (byte)(Read(PciRegister.BridgeBuses) >> 8);

    // What stays as it is is not written: an emulator works out anew at each write who reaches what.
    private void Set(PciCommand bit, bool value)
    {
        // Who sets another bit meanwhile must not find it undone.
        lock (_sync)
        {
            PciCommand command = Command;
            PciCommand wanted = value ? command | bit : command & ~bit;
            if (wanted != command)
            {
                Command = wanted;
            }
        }
    }

    private uint Read(PciRegister register) => _space.Read(Address, (byte)register);

    // Sizing writes all ones, during which the function must answer nothing (PCI Local Bus 3.0 §6.2.5.1).
    private void ReadBars()
    {
        PciCommand command = Command;
        Command = command & ~(PciCommand.IoSpace | PciCommand.MemorySpace);
        for (int index = 0; index < BarCount; index++)
        {
            (uint value, uint mask) = Probe(index);
            bool isIo = (value & BarIo) != 0;
            bool isWide = !isIo && (value & BarTypeMask) == BarType64 && index + 1 < BarCount;
            ulong address = isIo ? value & ~3u : value & ~15u;
            ulong sizeMask = isIo ? mask | 0xFFFF_0000 : mask & ~15u;
            int register = index;
            if (isWide)
            {
                (uint high, uint highMask) = Probe(++index);
                address |= (ulong)high << 32;
                sizeMask |= (ulong)highMask << 32;
            }
            else
            {
                sizeMask |= 0xFFFF_FFFF_0000_0000;
            }

            ulong lengthBytes = isIo ? ~(sizeMask & ~3UL) + 1 : ~sizeMask + 1;
            bool implemented = isIo ? (mask & 0xFFFC) != 0 : isWide ? sizeMask != 0 : (mask & ~15u) != 0;

            // A size that is not a power of two or an address that is not a multiple of it comes from a broken device.
            if (implemented && address != 0 && (lengthBytes & (lengthBytes - 1)) == 0 && (address & (lengthBytes - 1)) == 0)
            {
                _bars.Add(new PciBar(register, isIo, address, lengthBytes, !isIo && (value & BarPrefetchable) != 0));
            }
        }

        Command = command;
    }

    private (uint Value, uint Mask) Probe(int index)
    {
        byte offsetBytes = (byte)((byte)PciRegister.FirstBar + (4 * index));
        uint value = _space.Read(Address, offsetBytes);
        _space.Write(Address, offsetBytes, uint.MaxValue);
        uint mask = _space.Read(Address, offsetBytes);
        _space.Write(Address, offsetBytes, value);
        return (value, mask);
    }

    private void ReadCapabilities()
    {
        if ((Read(PciRegister.Command) & StatusHasCapabilities) == 0)
        {
            return;
        }

        // The list is the device's word: it may be a ring.
        byte offsetBytes = (byte)(Read(PciRegister.Capabilities) & 0xFC);
        while (offsetBytes >= FirstCapabilityOffset && _capabilities.Count < MaximumCapabilityCount)
        {
            uint word = _space.Read(Address, offsetBytes);
            _capabilities.Add(new PciCapability((byte)word, offsetBytes));
            offsetBytes = (byte)(word >> 8 & 0xFC);
        }
    }
}
