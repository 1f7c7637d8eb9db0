using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>
/// Driver of AMD's Am79C970A (PCnet-PCI II) Ethernet controller. The device has no interrupt for its link, so a timer looks
/// after it.
/// </summary>
public sealed class Pcnet32Driver : NetworkDriver, ITimerSink
{
    // BAR 0 is the same registers as I/O ports, each access to which would be a call to the kernel.
    private const uint RegisterBar = 1;
    private const long LinkPeriodNanoseconds = 1_000_000_000;

    /// <inheritdoc/>
    protected override ReadOnlySpan<PciIdentity> Identities => DeviceIdentities.All;

    /// <inheritdoc/>
    public CallResult OnTimer(Handle<TrackedObjects.Timer> timer, long nowNanoseconds)
    {
        CheckLink();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    protected override NetworkController? Attach(IExtensionServices services, IDeviceResources device)
    {
        RegisterWindow registers = device.MapRegisterWindow(RegisterBar);
        if (registers.LengthBytes < (uint)WindowOffset.End)
        {
            return null;
        }

        Pcnet32Controller controller = new(
            new Pcnet32Hardware(registers), new InitializationBlock(device), new Pcnet32ReceiveRing(device), new Pcnet32TransmitRing(device));
        return services.Synchronization.CreateTimer(LinkPeriodNanoseconds).Succeeded ? controller : null;
    }
}
