using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Ahci;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.StorageDrivers;

namespace NooksOS.Tests.Units.Ahci;

/// <summary>
/// The controller as seen through its registers. As QEMU's it has six ports, the disk at the first, and is reset at once. By the
/// book some of its ports are missing, the disk is at its last one, and everything takes its time.
/// </summary>
internal sealed class AhciModel : SimulatedDiskController
{
    private const int PortCount = 6;
    private const int ReadsOfAReset = 5;
    private const uint Slots = 31u << 8;

    private readonly bool _isByTheBook;
    private readonly ModelPort[] _ports;
    private readonly uint _implemented;
    private HbaControl _control;
    private uint _interrupts;
    private int _resetReadsLeft;

    public AhciModel(DeviceBehavior behavior, FakeMemory memory, FakeClock clock)
        : base(memory, clock)
    {
        _isByTheBook = behavior == DeviceBehavior.ByTheManual;
        _implemented = _isByTheBook ? 0b101101u : 0b111111u;
        DiskPort = _isByTheBook ? PortCount - 1 : 0;
        _ports = [.. Enumerable.Range(0, PortCount).Select(
            port => new ModelPort(memory, clock, Medium, Complain, port == DiskPort, _isByTheBook))];
        for (int port = 0; port < PortCount; port++)
        {
            uint mask = 1u << port;
            ModelPort own = _ports[port];
            own.OnInterrupt = () => _interrupts |= own.IsInterrupting ? mask : 0;
        }
    }

    public override PciIdentity Identity => new(0x8086, 0x2922);

    public override uint RegisterBar => HbaRegisters.Bar;

    public override uint WindowBytes { get; set; } = 0x1000;

    /// <summary>Which port the disk is at.</summary>
    public int DiskPort { get; }

    public ModelPort Port => _ports[DiskPort];

    public HbaCapabilities Capabilities { get; set; } = HbaCapabilities.Addresses64Bit | HbaCapabilities.NativeCommandQueuing;

    public override bool IsLineAsserted => _control.HasFlag(HbaControl.InterruptEnable) && _interrupts != 0;

    public override bool IsReadyForTheBus => !_control.HasFlag(HbaControl.InterruptEnable) && _ports.All(static port => port.IsAtRest);

    public override void AnswerPending(Random? random = null)
    {
        foreach (ModelPort port in _ports)
        {
            port.Answer(random);
        }

        MostAtOnce = Port.MostAtOnce;
    }

    public override void RaiseAnything(Random random)
    {
        _ports[random.Next(PortCount)].Raise((uint)random.NextInt64(1L << 32));
        _interrupts |= (uint)random.Next(1 << PortCount);
    }

    public override void Scramble(Random random)
    {
        _control = (HbaControl)random.NextInt64(1L << 32) & ~HbaControl.Reset;
        _interrupts = (uint)random.Next(1 << PortCount);
        foreach (ModelPort port in _ports)
        {
            port.Scramble(random);
        }
    }

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes)
    {
        Complain(widthBytes != sizeof(uint), "a register that is not read whole");
        if (TryFindPort(offsetBytes, out ModelPort? port, out PortRegister register))
        {
            return port!.Read(register);
        }

        return (HbaRegister)offsetBytes switch
        {
            HbaRegister.Capabilities => (uint)Capabilities | Slots | (PortCount - 1),
            HbaRegister.GlobalControl => ReadControl(),
            HbaRegister.InterruptStatus => _interrupts,
            HbaRegister.PortsImplemented => _implemented,
            _ => 0,
        };
    }

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        Complain(widthBytes != sizeof(uint), "a register that is not written whole");
        if (TryFindPort(offsetBytes, out ModelPort? port, out PortRegister register))
        {
            Complain(!_control.HasFlag(HbaControl.AhciEnable), "a port before the interface is enabled");
            port!.Write(register, value);
            if (!AnswersLater && register == PortRegister.CommandIssue)
            {
                AnswerPending();
            }

            return;
        }

        switch ((HbaRegister)offsetBytes)
        {
            case HbaRegister.GlobalControl:
                SetControl((HbaControl)value);
                break;
            case HbaRegister.InterruptStatus:
                _interrupts &= ~value;
                for (int index = 0; index < PortCount; index++)
                {
                    // 10.7.2.1: one that still has something to say sets its bit again.
                    _interrupts |= _ports[index].IsInterrupting ? 1u << index : 0;
                }

                break;
            default:
                Complain(true, "a write to a register that is none");
                break;
        }
    }

    private bool TryFindPort(uint offsetBytes, out ModelPort? port, out PortRegister register)
    {
        uint index = (offsetBytes - HbaRegisters.FirstPort) / HbaRegisters.PortStride;
        port = offsetBytes >= HbaRegisters.FirstPort && index < PortCount ? _ports[index] : null;
        register = (PortRegister)((offsetBytes - HbaRegisters.FirstPort) % HbaRegisters.PortStride);
        Complain(port is not null && (_implemented & (1u << (int)index)) == 0, "a port that is not there");
        return port is not null;
    }

    private uint ReadControl()
    {
        if (_resetReadsLeft > 0 && --_resetReadsLeft == 0)
        {
            _control &= ~HbaControl.Reset;
        }

        return (uint)_control;
    }

    private void SetControl(HbaControl control)
    {
        if ((control & HbaControl.Reset) == 0)
        {
            _control = control;
            return;
        }

        // 10.4.3: everything as after power on, this interface switched off included.
        _resetReadsLeft = _isByTheBook ? ReadsOfAReset : 0;
        _control = _isByTheBook ? HbaControl.Reset : HbaControl.AhciEnable;
        _interrupts = 0;
        foreach (ModelPort port in _ports)
        {
            port.Reset();
        }
    }
}
