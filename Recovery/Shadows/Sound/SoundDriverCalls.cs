using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Calls the driver of a sound device, and holds what it answers against what can be. A driver that has died or talked nonsense is lost:
/// the thread that calls it goes before most others, and whoever is to replace the driver may wait for one of those. Used by one thread.
/// </summary>
/// <param name="sync">Guards the device and the streams. Never held while the driver is called.</param>
/// <param name="device">The device.</param>
/// <param name="mixing">The streams.</param>
/// <param name="clock">Time.</param>
/// <param name="started">Set before the device is started, for whoever looks after it then.</param>
/// <param name="faults">Where a broken contract is reported.</param>
internal sealed class SoundDriverCalls(
    Lock sync, DeviceSide device, StreamMixing mixing, IKernelClock clock, IKernelSignal started, IFaultSink faults)
{
    private enum Answer
    {
        Good,
        Dead,
        Nonsense,
    }

    /// <summary>Does one thing. False if the driver is lost.</summary>
    /// <param name="step">What to do.</param>
    /// <param name="driver">The driver.</param>
    /// <param name="frames">Frames for <see cref="SoundStep.Submit"/>.</param>
    public bool TryTake(SoundStep step, ISoundDevice driver, ReadOnlySpan<byte> frames)
    {
        Answer answer = step switch
        {
            SoundStep.Open => Open(driver),
            SoundStep.Submit => Submit(driver, frames),
            SoundStep.Start => Start(driver),
            SoundStep.Stop => Stop(driver),
            _ => Ask(driver),
        };
        if (answer == Answer.Nonsense)
        {
            faults.ReportLate(
                device.DomainId,
                () => IsCurrent(driver),
                FaultKind.BadReply,
                clock.NowNanoseconds,
                $"what it says of its device cannot be, or its ring is wrong ({step})");
        }

        return answer == Answer.Good;
    }

    private Answer Open(ISoundDevice driver)
    {
        CallResult<SoundRing> opened = driver.Open(SoundFormat.Mix);
        lock (sync)
        {
            return Judge(driver, opened.Status, opened.TryGet(out SoundRing ring) && device.IsCurrent(driver) && device.TryNoteOpened(ring));
        }
    }

    private Answer Submit(ISoundDevice driver, ReadOnlySpan<byte> frames)
    {
        CallResult<uint> taken = driver.Submit(frames);
        lock (sync)
        {
            return Judge(
                driver,
                taken.Status,
                taken.TryGet(out uint count)
                    && device.IsCurrent(driver)
                    && TryNoteTaken(count, (uint)frames.Length / SoundFormat.Mix.FrameBytes)
                    && device.HoldsWhatItWasGiven());
        }
    }

    private Answer Start(ISoundDevice driver)
    {
        started.Set();
        CallStatus status = driver.Start(device.Run.Number).Status;
        lock (sync)
        {
            if (status == CallStatus.Ok && device.IsCurrent(driver))
            {
                device.Silences.End(clock.NowNanoseconds);
            }

            return Judge(driver, status, status == CallStatus.Ok);
        }
    }

    private Answer Stop(ISoundDevice driver)
    {
        CallResult<ulong> stopped = driver.Stop();
        lock (sync)
        {
            return Judge(driver, stopped.Status, stopped.TryGet(out ulong end) && device.IsCurrent(driver) && TryNoteStopped(end));
        }
    }

    private Answer Ask(ISoundDevice driver)
    {
        CallResult<ulong> asked = driver.GetPosition();
        lock (sync)
        {
            return Judge(
                driver,
                asked.Status,
                asked.TryGet(out ulong position)
                    && device.IsCurrent(driver)
                    && device.TryNotePosition(device.Run.Number, position)
                    && device.HoldsWhatItWasGiven());
        }
    }

    // What a driver is asked for is in order, so that only a dead one may refuse it. Of one that was replaced nothing is of interest.
    private Answer Judge(ISoundDevice driver, CallStatus status, bool isPossible)
    {
        if (isPossible || !device.IsCurrent(driver))
        {
            return Answer.Good;
        }

        device.LoseDriver();
        return status is CallStatus.DomainDied or CallStatus.DomainUnavailable ? Answer.Dead : Answer.Nonsense;
    }

    private bool TryNoteTaken(uint frames, uint offered)
    {
        // An empty ring has room for something.
        if (frames > offered || (frames == 0 && device.Run.Submitted == 0))
        {
            return false;
        }

        device.Run.NoteSubmitted(frames, clock.NowNanoseconds);
        if (frames == 0)
        {
            device.Run.Close();
        }

        return true;
    }

    private bool TryNoteStopped(ulong position)
    {
        bool isBelievable = device.TryNotePosition(device.Run.Number, position);
        bool isStarved = false;
        foreach (SoundStream stream in mixing.Streams)
        {
            isStarved |= !stream.IsDraining && stream.MixedUntil != 0;
        }

        device.NoteStopped(isExpected: !isStarved);
        return isBelievable;
    }

    private bool IsCurrent(ISoundDevice driver)
    {
        lock (sync)
        {
            return device.IsCurrent(driver);
        }
    }
}
