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
    private bool _isReceiveLeft;
    private bool _isRunning;

    /// <summary>Serves the device. Returns an <see cref="InterruptAnswer"/>.</summary>
    public uint Serve()
    {
        // While it is changed the device is masked, and what it has to say must not be lost.
        if (_isRunning || life.State == AdapterState.Changing)
        {
            return InterruptAnswer.NotMine;
        }

        if (life.State == AdapterState.Closed)
        {
            controller.SilenceInterrupts();
            return InterruptAnswer.NotMine;
        }

        _isRunning = true;
        uint answer = ServeOpenDevice(life.Opening);
        _isRunning = false;
        return answer;
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

    private uint ServeOpenDevice(uint opening)
    {
        int slotsLeft = SlotsPerInterrupt;
        uint answer = InterruptAnswer.NotMine;
        for (int round = 0; round < RoundsPerInterrupt && life.IsOpenSince(opening); round++)
        {
            // Looked at again after the work, which saves an interrupt for what came meanwhile.
            NetworkEvents events = controller.TakeEvents() | (_isReceiveLeft ? NetworkEvents.Receive : NetworkEvents.None);
            _isReceiveLeft = false;
            if (events == NetworkEvents.None)
            {
                break;
            }

            if (answer == InterruptAnswer.NotMine)
            {
                answer = InterruptAnswer.Served;
                life.Counters.Interrupts++;
            }

            slotsLeft -= ServeEvents(events, opening, slotsLeft);
            if (slotsLeft == 0 && life.IsOpenSince(opening))
            {
                // The event was acknowledged when it was read, and frames may be left: the kernel must call again for them.
                _isReceiveLeft = true;
                answer = InterruptAnswer.WorkLeft;
                break;
            }
        }

        // Once for all rounds: it is a call to the kernel.
        if (life.IsOpenSince(opening))
        {
            life.ReportCompletions();
        }

        return answer;
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
