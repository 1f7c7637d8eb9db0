using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A claimed device, as a driver sees it.</summary>
internal sealed class DeviceResources(DeviceDescription device) : IDeviceResources
{
    private static DeviceServicesClient Kernel => default;

    /// <inheritdoc/>
    public PciIdentity Identity => device.Identity;

    /// <inheritdoc/>
    public uint ReadConfiguration(uint offsetBytes, uint widthBytes)
        => Require(Kernel.ReadConfiguration(device.Handle, offsetBytes, widthBytes), "configuration");

    /// <inheritdoc/>
    public RegisterWindow MapRegisterWindow(uint barIndex)
        => new MappedRegisterWindow(Require(Kernel.MapRegisterWindow(device.Handle, barIndex), "register window"));

    /// <inheritdoc/>
    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes)
        => new MappedDmaBuffer(Require(Kernel.AllocateDmaBuffer(device.Handle, lengthBytes, alignmentBytes), "DMA buffer"));

    /// <inheritdoc/>
    public void OpenInterruptLine() => Require(Kernel.OpenInterruptLine(device.Handle), "interrupt line");

    /// <inheritdoc/>
    public void SetBusMaster(bool enabled) => Require(Kernel.SetBusMaster(device.Handle, enabled).Status, "bus mastering");

    private static T Require<T>(CallResult<T> result, string what)
        where T : unmanaged
    {
        Require(result.Status, what);
        return result.Value;
    }

    private static void Require(CallStatus status, string what)
    {
        if (status != CallStatus.Ok)
        {
            throw new InvalidOperationException($"The kernel refused {what}: {status}.");
        }
    }
}
