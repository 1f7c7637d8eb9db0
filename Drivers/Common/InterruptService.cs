using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>What one interrupt does: a bounded amount of work, most of it the handing over of received frames.</summary>
internal sealed class InterruptService(
    INetworkDeviceHost host,
    Handle<TrackedObjects.NetworkDevice> registration,
    NetworkController controller,
    AdapterLifeCycle life)
{
    // Bounds of one interrupt, a few milliseconds of work at the very most.
    private const int SlotsPerInterrupt = 128;
    private const int RoundsPerInterrupt = 4;

    private readonly byte[] _batch = new byte[PacketBatch.MaximumBytes];
    private LinkState _reportedLink;
    private bool _isRunning;

    /// <summary>Serves the device. Returns whether it was the cause of the interrupt.</summary>
    public bool Serve()
    {
        // While it is changed the device is masked, and what it has to say must not be lost.
        if (_isRunning || life.State == AdapterState.Changing)
        {
            return false;
        }

        if (life.State == AdapterState.Closed)
        {
            controller.SilenceInterrupts();
            return false;
        }

        _isRunning = true;
        bool wasCause = ServeOpenDevice(life.Opening);
        _isRunning = false;
        return wasCause;
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

    private bool ServeOpenDevice(uint opening)
    {
        int slotsLeft = SlotsPerInterrupt;
        bool wasCause = false;
        for (int round = 0; round < RoundsPerInterrupt && life.IsOpenSince(opening); round++)
        {
            // Looked at again after the work, which saves an interrupt for what came meanwhile.
            NetworkEvents events = controller.TakeEvents();
            if (events == NetworkEvents.None)
            {
                break;
            }

            if (!wasCause)
            {
                wasCause = true;
                life.Counters.Interrupts++;
            }

            slotsLeft -= ServeEvents(events, opening, slotsLeft);
            if (slotsLeft == 0 && life.IsOpenSince(opening))
            {
                // The event was acknowledged when it was read, and frames may be left: have the interrupt come again for them.
                controller.RaiseReceive();
                break;
            }
        }

        return wasCause;
    }

    /// <summary>Serves what the device has said. Returns how many receive slots that were.</summary>
    private int ServeEvents(NetworkEvents events, uint opening, int maximumSlots)
    {
        int slots = 0;
        if ((events & (NetworkEvents.Receive | NetworkEvents.ReceiveOverrun)) != 0)
        {
            slots = Receive(opening, maximumSlots);
            if (slots == 0 && life.IsOpenSince(opening) && controller.HasLostReceiver(events))
            {
                life.Counters.ReceiveErrors++;
                life.StartOver();
            }
        }

        if (life.IsOpenSince(opening))
        {
            life.TakeBackTransmitted();
            life.ReportCompletions();
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

    /// <summary>Hands over what was received. Returns how many slots that was.</summary>
    private int Receive(uint opening, int maximumSlots)
    {
        int slots = 0;
        while (slots < maximumSlots && life.IsOpenSince(opening))
        {
            ReceiveBatch batch = new(_batch);
            int count = controller.Receive(ref batch, maximumSlots - slots);
            controller.ReturnSlots(isIdle: count == 0);
            if (count == 0)
            {
                break;
            }

            slots += count;
            life.Counters.ReceiveErrors += batch.Errors;
            HandOver(batch);
        }

        return slots;
    }

    private void HandOver(in ReceiveBatch batch)
    {
        if (batch.Frames == 0)
        {
            return;
        }

        CallResult<uint> result = host.Receive(registration, batch.Content);
        uint taken = result.TryGet(out uint value) ? Math.Min(value, batch.Frames) : 0;
        life.Counters.FramesReceived += batch.Frames;
        life.Counters.BytesReceived += batch.Bytes;
        life.Counters.ReceiveDropped += batch.Frames - taken;
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
