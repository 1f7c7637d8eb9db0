using NooksOS.Contracts;
using NooksOS.Drivers.Storage;

namespace NooksOS.Drivers.Ahci;

/// <summary>
/// Starts and stops a port, and resets its device over the link (Serial ATA AHCI 1.3.1 sections 10.1, 10.3 and 10.4.2). A reset
/// is begun here and looked after from time to time: a disk may take seconds, and nobody may stay in a driver for that long.
/// </summary>
internal sealed class PortLink(IExtensionServices services, PortWindow port)
{
    /// <summary>10.1.2 and Serial ATA 3.1 section 8.1: within this time a link comes up, or there is nothing at its end.</summary>
    public const long DetectionNanoseconds = 10_000_000;

    // 10.4.2: the link must be in reset for at least 1 ms. 10.3.1 gives the port 500 ms to stop, which is more than a call may
    // take, and far more than any port does.
    private const long LinkResetNanoseconds = 1_000_000;
    private const long StopNanoseconds = 10_000_000;

    private const long FirstReadyNanoseconds = 1_000_000_000;

    /// <summary>
    /// Lets the link of a port come up that was just reset with its controller. The port knows its memory. That there is a
    /// device shows within <see cref="DetectionNanoseconds"/>.
    /// </summary>
    public void PowerUp()
    {
        port.Command |= PortCommand.SpinUp | PortCommand.PowerOn | PortCommand.ReceiveFrames;
        port.Write(PortRegister.SataControl, PortValues.NoPowerSaving);
    }

    /// <summary>Brings up a port whose link is up. False if there is no disk that is ready.</summary>
    public bool TryBringUp()
    {
        port.ClearErrors();
        Deadline ready = new(services, FirstReadyNanoseconds);
        while (!port.IsDeviceReady)
        {
            if (ready.HasPassed())
            {
                return false;
            }
        }

        if (port.Read(PortRegister.Signature) != PortValues.DiskSignature)
        {
            return false;
        }

        port.Command |= PortCommand.Start;
        return true;
    }

    /// <summary>
    /// Stops the port and resets the device: it forgets every command. False if the port does not stop: then only a reset of the
    /// whole controller helps.
    /// </summary>
    public bool TryBeginReset()
    {
        port.Command &= ~PortCommand.Start;
        Deadline stop = new(services, StopNanoseconds);
        while ((port.Command & PortCommand.Running) != 0)
        {
            if (stop.HasPassed())
            {
                return false;
            }
        }

        port.Write(PortRegister.SataControl, PortValues.NoPowerSaving | PortValues.ResetLink);
        Deadline reset = new(services, LinkResetNanoseconds);
        while (!reset.HasPassed())
        {
            // To read is to wait: nothing else would take the time.
            _ = port.Read(PortRegister.SataStatus);
        }

        port.Write(PortRegister.SataControl, PortValues.NoPowerSaving);
        return true;
    }

    /// <summary>Lets the port carry out commands again if the device has come back. False if it has not yet.</summary>
    public bool TryFinishReset()
    {
        if (!port.IsDevicePresent || !port.IsDeviceReady)
        {
            return false;
        }

        port.ClearErrors();
        port.Command |= PortCommand.Start;
        return true;
    }

    /// <summary>Stops the port for good, without a reset.</summary>
    public void Stop()
    {
        port.Write(PortRegister.InterruptEnable, (uint)PortInterrupts.None);
        port.Command &= ~PortCommand.Start;
    }
}
