using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What users of a device have asked for, and each instance of its driver is told. A change makes another one.</summary>
/// <param name="IsOpen">Whether frames are received and sent.</param>
/// <param name="Mode">Which frames are received.</param>
/// <param name="Multicast">The multicast list, which nobody changes any more.</param>
internal sealed record DriverConfiguration(bool IsOpen, ReceiveMode Mode, MacAddress[] Multicast)
{
    /// <summary>Tells an instance all of it, and reads the link that comes of it.</summary>
    public CallStatus Replay(INetworkDevice driver, out LinkState link)
    {
        link = default;
        CallResult result = IsOpen ? driver.Open(Mode) : CallResult.Ok;
        if (result.Succeeded)
        {
            result = driver.SetReceiveMode(Mode);
        }

        if (result.Succeeded && Multicast.Length != 0)
        {
            result = driver.SetMulticastList(Multicast);
        }

        if (!result.Succeeded)
        {
            return result.Status;
        }

        CallResult<LinkState> read = driver.GetLink();
        return read.TryGet(out link) ? CallStatus.Ok : read.Status;
    }
}
