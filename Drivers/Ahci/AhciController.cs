using System;
using System.Collections.Generic;
using System.Numerics;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;

namespace NooksOS.Drivers.Ahci;

/// <summary>The controller: its ports and what they share.</summary>
internal sealed class AhciController : BlockController
{
    // 10.4.3: more than that is a broken controller.
    private const long ResetNanoseconds = 1_000_000_000;
    private const int CommandSlotsShift = 8;

    private readonly IExtensionServices _services;
    private readonly RegisterWindow _window;
    private readonly List<AhciPort> _disks = [];
    private readonly AhciPort?[] _ports = new AhciPort?[HbaRegisters.MaximumPorts];
    private readonly PortMemory?[] _memories = new PortMemory?[HbaRegisters.MaximumPorts];

    private AhciController(IExtensionServices services, RegisterWindow window)
    {
        _services = services;
        _window = window;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockUnit> Units => _disks;

    /// <summary>
    /// Maps the registers and allocates what the ports need. Null if the controller does not reach all of memory; throws what
    /// <see cref="IDeviceResources"/> throws.
    /// </summary>
    public static AhciController? TryMake(IExtensionServices services, IDeviceResources device)
    {
        AhciController controller = new(services, device.MapRegisterWindow(HbaRegisters.Bar));
        if ((controller.Capabilities & HbaCapabilities.Addresses64Bit) == 0)
        {
            return null;
        }

        for (uint port = 0; port < HbaRegisters.MaximumPorts; port++)
        {
            if (controller.HasPort(port))
            {
                controller._memories[port] = new PortMemory(device);
            }
        }

        return controller;
    }

    /// <summary>Resets the controller and every port, 10.4.3. Nothing that was there before matters.</summary>
    public override bool TryReset()
    {
        Control |= HbaControl.AhciEnable;
        Control |= HbaControl.Reset;
        Deadline deadline = new(_services, ResetNanoseconds);
        while ((Control & HbaControl.Reset) != 0)
        {
            if (deadline.HasPassed())
            {
                return false;
            }
        }

        Control |= HbaControl.AhciEnable;
        return (Control & (HbaControl.AhciEnable | HbaControl.InterruptEnable)) == HbaControl.AhciEnable;
    }

    /// <inheritdoc/>
    public override bool TryStart(uint firstUnit)
    {
        HbaCapabilities capabilities = Capabilities;
        uint slots = ((uint)(capabilities & HbaCapabilities.CommandSlots) >> CommandSlotsShift) + 1;
        bool canQueue = (capabilities & HbaCapabilities.NativeCommandQueuing) != 0;
        for (uint port = 0; port < HbaRegisters.MaximumPorts; port++)
        {
            if (_memories[port] is { } memory)
            {
                _ports[port] = new AhciPort(_services, new PortWindow(_window, port), memory, firstUnit + port);
                _ports[port]!.PowerUp();
            }
        }

        WaitForLinks(firstUnit);
        for (uint port = 0; port < HbaRegisters.MaximumPorts; port++)
        {
            if (_ports[port] is { } disk && disk.TryBringUp(slots, canQueue))
            {
                _disks.Add(disk);
            }
        }

        Write(HbaRegister.InterruptStatus, uint.MaxValue);
        Control |= HbaControl.InterruptEnable;
        return true;
    }

    /// <inheritdoc/>
    public override void Rest()
    {
        Control &= ~HbaControl.InterruptEnable;
        foreach (AhciPort disk in _disks)
        {
            disk.Rest();
        }

        TryReset();
    }

    /// <inheritdoc/>
    public override bool TakeInterrupt()
    {
        uint ports = Read(HbaRegister.InterruptStatus);
        for (uint left = ports; left != 0; left &= left - 1)
        {
            _ports[BitOperations.TrailingZeroCount(left)]?.TakeInterrupt();
        }

        if (ports != 0)
        {
            // 10.7.2.1: after those of the ports, or they would set it again.
            Write(HbaRegister.InterruptStatus, ports);
        }

        return ports != 0;
    }

    private HbaCapabilities Capabilities => (HbaCapabilities)Read(HbaRegister.Capabilities);

    private HbaControl Control
    {
        get => (HbaControl)Read(HbaRegister.GlobalControl);
        set => Write(HbaRegister.GlobalControl, (uint)value);
    }

    // All at once: each port without a device would take its time. Once the disks are there that the kernel has, there is nothing to
    // wait for: in a restart, users of these wait meanwhile.
    private void WaitForLinks(uint firstUnit)
    {
        uint disks = _services.BlockDevices.GetUnits().TryGet(out uint units) ? units >> (int)firstUnit : 0;
        Deadline deadline = new(_services, PortLink.DetectionNanoseconds);
        while (!AreAllPresent(disks == 0 ? uint.MaxValue : disks))
        {
            if (deadline.HasPassed())
            {
                return;
            }
        }
    }

    private bool AreAllPresent(uint wanted)
    {
        for (int port = 0; port < _ports.Length; port++)
        {
            if ((wanted & (1u << port)) != 0 && _ports[port] is { IsPresent: false })
            {
                return false;
            }
        }

        return true;
    }

    private bool HasPort(uint port)
        => (Read(HbaRegister.PortsImplemented) & (1u << (int)port)) != 0
            && HbaRegisters.FirstPort + ((port + 1) * HbaRegisters.PortStride) <= _window.LengthBytes;

    private uint Read(HbaRegister register) => _window.Read32((uint)register);

    private void Write(HbaRegister register, uint value) => _window.Write32((uint)register, value);
}
