using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// The registers of the device and the sequences that the data sheet prescribes for them. Knows nothing of frames or of the
/// driver's state, and believes nothing that it reads.
/// </summary>
internal sealed class Pcnet32Hardware(RegisterWindow registers)
{
    // "CSR88": manufacturer AMD, and the one that a PCI configuration space must have in its lowest bit.
    private const uint ManufacturerMask = 0xFFF;
    private const uint Manufacturer = 0x003;

    // "BCR20": 32-bit structures in the layout of PCnet-PCI.
    private const uint SoftwareStylePci = 2;

    private const int FilterWords = 4;
    private const int BitsPerWord = 16;
    private const uint WordMask = 0xFFFF;
    private const uint NotSelected = uint.MaxValue;

    // The initialization takes some microseconds on the bus, the suspension as long as a frame on the wire: 1.2 ms.
    private const int Polls = 10_000;

    // Value of a read that no device answered.
    private const uint NoDevice = uint.MaxValue;

    // Which register the data ports stand for, to save the write that selects it again.
    private uint _selected = NotSelected;

    /// <summary>Reads CSR0. Missing hardware reads as a memory error, among much else.</summary>
    public ControllerStatus ReadStatus() => (ControllerStatus)Read(ControlRegister.ControllerStatus);

    /// <summary>Writes CSR0.</summary>
    public void WriteStatus(ControllerStatus status) => Write(ControlRegister.ControllerStatus, (uint)status);

    /// <summary>
    /// Puts the device to rest from any state and has it map its registers as double words: "Software Access, I/O Resources".
    /// False if there is no device.
    /// </summary>
    public bool TryReset()
    {
        // Which of the two resets is one depends on the present mapping. The other reads nothing.
        _ = registers.Read32((uint)WindowOffset.Reset);
        _ = registers.Read16((uint)WindowOffset.WordReset);

        // After a reset the data port stands for CSR0. Should the registers be double words already, this write is harmless.
        registers.Write32((uint)WindowOffset.DataPort, 0);
        _selected = NotSelected;
        uint identity = Read(ControlRegister.ChipIdentity);
        return identity != NoDevice && (identity & ManufacturerMask) == Manufacturer;
    }

    /// <summary>Ends all activity at once, "CSR0, STOP".</summary>
    public void Stop()
    {
        WriteStatus(ControllerStatus.Stop);

        // Reading also waits until the write before it has reached the device.
        ReadStatus();
    }

    /// <summary>Reads the station address.</summary>
    public bool TryReadAddress(out MacAddress address)
    {
        ulong low = registers.Read32((uint)WindowOffset.AddressRom);
        ulong high = registers.Read32((uint)WindowOffset.AddressRom + sizeof(uint)) & WordMask;
        address = new MacAddress(low | (high << 32));
        return address.Bits != 0 && !address.IsMulticast;
    }

    /// <summary>Programs what the initialization block does not hold, and where that is. The device must be stopped.</summary>
    public void Configure(uint initializationAddress)
    {
        Write(BusRegister.SoftwareStyle, SoftwareStylePci);
        Write(BusRegister.Miscellaneous, (uint)Miscellaneous.AutoSelect);
        Write(BusRegister.LinkStatusLed, (uint)(LinkStatusLed.ShowLink | LinkStatusLed.StretchPulses));

        // The other end of a link of 10 Mbit/s does not say what it can do, so half duplex is what always works.
        Write(BusRegister.FullDuplex, 0);
        Write(ControlRegister.InterruptMasks, (uint)(InterruptMasks.SurviveUnderflow | InterruptMasks.InitializationDone));
        Write(ControlRegister.Features, (uint)Features.Used);
        Write(ControlRegister.ExtendedControl, (uint)ExtendedControl.None);
        Write(ControlRegister.InitializationAddressLow, initializationAddress & WordMask);
        Write(ControlRegister.InitializationAddressHigh, initializationAddress >> BitsPerWord);
    }

    /// <summary>Has the device read the initialization block, and waits for it: "Initialization".</summary>
    public bool TryInitialize()
    {
        WriteStatus(ControllerStatus.Initialize);
        for (int poll = 0; poll < Polls; poll++)
        {
            ControllerStatus status = ReadStatus();
            if ((status & ControllerStatus.MemoryError) != 0)
            {
                return false;
            }

            if ((status & ControllerStatus.InitializationDone) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Changes what passes while the device runs. False if it did not pause for that: "CSR5, SPND".</summary>
    public bool TrySetFilter(Mode mode, ulong filter)
    {
        Write(ControlRegister.ExtendedControl, (uint)ExtendedControl.Suspend);
        bool isSuspended = false;
        for (int poll = 0; poll < Polls && !isSuspended; poll++)
        {
            uint control = Read(ControlRegister.ExtendedControl);
            isSuspended = control != NoDevice && ((ExtendedControl)control & ExtendedControl.Suspend) != 0;
        }

        if (isSuspended)
        {
            for (int word = 0; word < FilterWords; word++)
            {
                Write(ControlRegister.LogicalAddressFilter + (uint)word, (uint)(filter >> (BitsPerWord * word)) & WordMask);
            }

            Write(ControlRegister.Mode, (uint)mode);
        }

        Write(ControlRegister.ExtendedControl, (uint)ExtendedControl.None);
        return isSuspended;
    }

    /// <summary>Reads the link. The device is one for 10 Mbit/s.</summary>
    public LinkState ReadLink()
    {
        const uint Megabits = 10;

        uint value = Read(BusRegister.LinkStatusLed);
        bool isUp = value != NoDevice && ((LinkStatusLed)value & LinkStatusLed.IsLit) != 0;
        return isUp ? new LinkState(true, false, Megabits) : default;
    }

    /// <summary>Reads how many frames have found no descriptor, in 16 bits. False if there is no device.</summary>
    public bool TryReadMissedFrames(out uint frames)
    {
        uint value = Read(ControlRegister.MissedFrames);
        frames = value & WordMask;
        return value != NoDevice;
    }

    private uint Read(ControlRegister register)
    {
        Select((uint)register);
        return registers.Read32((uint)WindowOffset.DataPort);
    }

    private void Write(ControlRegister register, uint value)
    {
        Select((uint)register);
        registers.Write32((uint)WindowOffset.DataPort, value);
    }

    private uint Read(BusRegister register)
    {
        Select((uint)register);
        return registers.Read32((uint)WindowOffset.BusDataPort);
    }

    private void Write(BusRegister register, uint value)
    {
        Select((uint)register);
        registers.Write32((uint)WindowOffset.BusDataPort, value);
    }

    private void Select(uint number)
    {
        if (_selected != number)
        {
            registers.Write32((uint)WindowOffset.AddressPort, number);
            _selected = number;
        }
    }
}
