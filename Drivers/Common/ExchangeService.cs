using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>What one exchange does: a bounded amount of work, most of it the moving of frames.</summary>
internal sealed class ExchangeService(
    INetworkDeviceHost host,
    Handle<TrackedObjects.NetworkDevice> registration,
    NetworkController controller,
    AdapterLifeCycle life)
{
    // Bounds of one exchange, a few milliseconds of work at the very most.
    private const int SlotsPerExchange = 2 * PacketBatch.ExchangeFrames;
    private const int RoundsPerExchange = 4;

    private LinkState _reportedLink;
    private bool _isReceiveLeft;
    private bool _isRunning;

    /// <summary>See <see cref="INetworkDevice.Exchange"/>.</summary>
    public DeviceExchange Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received)
    {
        // While it is changed the device is masked, and what it has to say must not be lost.
        if (_isRunning || life.State == AdapterState.Changing)
        {
            return default;
        }

        if (life.State == AdapterState.Closed)
        {
            controller.SilenceInterrupts();
            return new DeviceExchange(0, life.TakeCompletions(), 0, WasCause: false, HasMore: false);
        }

        _isRunning = true;
        DeviceExchange outcome = ExchangeWithOpenDevice(life.Opening, outgoing, received);
        _isRunning = false;
        return outcome;
    }

    /// <summary>Takes the link as it is now for the one that the kernel knows: it asks when it has opened the device.</summary>
    public void NoteLink() => _reportedLink = controller.ReadLink();

    /// <summary>Tells the kernel if the link is another than it was told last.</summary>
    public void CheckLink()
    {
        if (life.State == AdapterState.Open && controller.ReadLink() != _reportedLink)
        {
            ReportLink();
        }
    }

    private DeviceExchange ExchangeWithOpenDevice(uint opening, ReadOnlySpan<byte> outgoing, Span<byte> received)
    {
        // First what is to be sent: what comes back because of it may be among what is received.
        life.TakeBackTransmitted();
        uint taken = outgoing.IsEmpty ? 0 : controller.Transmit(outgoing);
        ReceiveBatch batch = new(received);
        bool wasCause = false;
        int slotsLeft = SlotsPerExchange;
        for (int round = 0; round < RoundsPerExchange && life.IsOpenSince(opening); round++)
        {
            // Looked at again after the work, which saves an interrupt for what came meanwhile.
            NetworkEvents events = controller.TakeEvents() | (_isReceiveLeft ? NetworkEvents.Receive : NetworkEvents.None);
            _isReceiveLeft = false;
            if (events == NetworkEvents.None)
            {
                break;
            }

            if (!wasCause)
            {
                wasCause = true;
                life.Counters.Interrupts++;
            }

            slotsLeft -= ServeEvents(events, opening, ref batch, slotsLeft);
            if ((slotsLeft == 0 || batch.IsFull) && life.IsOpenSince(opening))
            {
                // The event was acknowledged when it was read, and frames may be left: the kernel must call again for them.
                _isReceiveLeft = true;
                break;
            }
        }

        life.Counters.ReceiveErrors += batch.Errors;
        life.Counters.FramesReceived += batch.Frames;
        life.Counters.BytesReceived += batch.Bytes;
        return new DeviceExchange(taken, life.TakeCompletions(), (uint)batch.Content.Length, wasCause, _isReceiveLeft);
    }

    /// <summary>Serves what the device has said. Returns how many receive slots that were.</summary>
    private int ServeEvents(NetworkEvents events, uint opening, ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = 0;
        if ((events & (NetworkEvents.Receive | NetworkEvents.ReceiveOverrun)) != 0)
        {
            slots = Receive(ref batch, maximumSlots);
            if (slots == 0 && !batch.IsFull && controller.HasLostReceiver(events))
            {
                life.Counters.ReceiveErrors++;
                life.StartOver();
            }
        }

        if (life.IsOpenSince(opening))
        {
            life.TakeBackTransmitted();
        }

        if ((events & NetworkEvents.Failure) != 0 && life.IsOpenSince(opening))
        {
            life.StartOver();
        }

        // A device that was brought up anew may have learned of a change of its link, and nobody else will tell the kernel.
        if ((events & NetworkEvents.Link) != 0 && life.State == AdapterState.Open)
        {
            ReportLink();
        }

        return slots;
    }

    /// <summary>Takes what was received, as much as there is room for. Returns how many slots that was.</summary>
    private int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = 0;
        while (slots < maximumSlots && !batch.IsFull)
        {
            int count = controller.Receive(ref batch, maximumSlots - slots);
            controller.ReturnSlots(isIdle: count == 0);
            if (count == 0)
            {
                break;
            }

            slots += count;
        }

        return slots;
    }

    private void ReportLink()
    {
        LinkState link = controller.ReadLink();
        if (!link.IsUp && controller.OutstandingFrames != 0)
        {
            // Nobody knows when these could leave, and whoever gave them to us waits for an answer.
            life.StartOver();
        }

        // Before the call: it lets other threads in.
        _reportedLink = link;
        host.LinkChanged(registration, link);
    }
}
