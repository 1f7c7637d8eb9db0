using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// Brings a device up and down and accounts for the frames that are given up on the way. Each call to the kernel lets another
/// thread into the driver, so the state is complete before each such call and looked at again after it.
/// </summary>
internal sealed class AdapterLifeCycle(
    IDeviceResources device,
    NetworkController controller,
    MacAddress address)
{
    private bool _isFreshlyReset = true;
    private uint _openings;
    private uint _unreportedCompletions;

    public AdapterState State { get; private set; } = AdapterState.Closed;

    public ReceiveFilter Filter { get; } = new();

    public NetworkCounters Counters { get; } = new();

    /// <summary>Names the time since the device was last brought up.</summary>
    public uint Opening => _openings;

    /// <summary>Whether the device has been open all the time since, so that what was begun may be gone on with.</summary>
    public bool IsOpenSince(uint opening) => State == AdapterState.Open && _openings == opening;

    /// <summary>
    /// Brings the device from any state to one in which frames pass. It must be off the bus. The order is the design: first
    /// nothing must come from the device, then it must know no memory but ours, and only then may it reach memory at all.
    /// Frames may come in from that moment on; the interrupt tells of them once it is unmasked.
    /// </summary>
    public bool BringUp()
    {
        State = AdapterState.Changing;
        if (!_isFreshlyReset && !controller.TryReset())
        {
            State = AdapterState.Closed;
            return false;
        }

        _isFreshlyReset = false;
        controller.Configure(address, Filter);
        controller.SettleCounters();
        controller.SilenceInterrupts();
        device.SetBusMaster(true);
        if (!controller.TryStart(Filter))
        {
            controller.Rest();
            device.SetBusMaster(false);
            State = AdapterState.Closed;
            return false;
        }

        _openings++;
        State = AdapterState.Open;
        return true;
    }

    /// <summary>Closes an open device. What it had to send is given up.</summary>
    public void Close()
    {
        TakeDown();
        State = AdapterState.Closed;
    }

    /// <summary>Brings the device up again after it lost its way, or because it cannot be changed while it runs.</summary>
    public void StartOver()
    {
        TakeDown();
        BringUp();
    }

    /// <summary>Takes back the frames that the device is done with.</summary>
    public void TakeBackTransmitted() => Count(controller.Reclaim());

    /// <summary>How many frames the kernel will hear no more of, besides those that it was told of before.</summary>
    public uint TakeCompletions()
    {
        uint frames = _unreportedCompletions;
        _unreportedCompletions = 0;
        return frames;
    }

    private void TakeDown()
    {
        State = AdapterState.Changing;
        TakeBackTransmitted();
        controller.Rest();
        device.SetBusMaster(false);
        Count(controller.GiveUp());
        controller.ReadCounters(Counters);
    }

    private void Count(in TransmitOutcome outcome)
    {
        Counters.FramesTransmitted += outcome.Frames - outcome.Errors;
        Counters.BytesTransmitted += outcome.Bytes;
        Counters.TransmitErrors += outcome.Errors;
        _unreportedCompletions += outcome.Frames;
    }
}
