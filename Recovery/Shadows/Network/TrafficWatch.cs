using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the frames that pass tell of the driver and of the stack: whether the one still hears and is heard and brings something new, and
/// whether the other one answers. The shadow guards it.
/// </summary>
/// <param name="options">Bounds.</param>
internal sealed class TrafficWatch(NetworkShadowOptions options)
{
    private readonly AnswerWatch _answers = new();
    private readonly NeighborWatch _neighbors = new(options);
    private readonly RecentSegments _passed = new();
    private readonly ReflectedFrames _reflected = new();
    private readonly RepetitionWatch _repetitions = new();
    private readonly UnaskedAnswers _unasked = new();

    /// <summary>Whether the kernel's own frames to <see cref="ProbePorts"/> of a neighbour come back to the stack, and neighbours are asked quickly.</summary>
    public bool IsProbed
    {
        get => _reflected.IsOn;
        set
        {
            _reflected.IsOn = value;
            _neighbors.IsVigilant = value;
        }
    }

    /// <summary>Answers of the stack to who asked for a connection, since boot.</summary>
    public ulong Answers => _answers.Answers;

    /// <summary>Whether somebody waits for such an answer of this instance.</summary>
    public bool IsAnswerAwaited(DriverSide driver, uint stackInstance) => _answers.IsAwaited(stackInstance, driver.Frames.Dropped);

    /// <summary>Looks at a frame that the stack sends.</summary>
    public void Sent(ReadOnlySpan<byte> frame, uint stackInstance)
    {
        _answers.SentByStack(frame, stackInstance);
        if (AddressResolution.IsQuestion(frame))
        {
            _unasked.NoteQuestion();
        }
    }

    /// <summary>Looks at a frame that the driver brought for the stack.</summary>
    public void Heard(ReadOnlySpan<byte> frame, DriverSide driver, uint stackInstance)
    {
        if (_neighbors.Heard(frame, driver.Identity.Address))
        {
            _unasked.NoteAnswer();
        }

        if (TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet))
        {
            _answers.TakenByStack(frame, packet, stackInstance, driver.Frames.Dropped);
            _passed.Note(packet);
        }

        _repetitions.Heard(frame, driver.Instances);
    }

    /// <summary>Takes a frame that the stack sends, if it is a probe's, and gives it back to the stack.</summary>
    public bool TryReflect(ReadOnlySpan<byte> frame, StackSide stack)
        => _reflected.TryTake(frame, _neighbors.StationAddress, stack.Frames);

    /// <summary>Gives a fresh stack what the last one was asked and left unanswered.</summary>
    public void GiveUnanswered(StackSide stack) => _answers.GiveUnanswered(stack.Frames);

    /// <summary>The stack as a neighbour would ask it; null while it does not serve, or no neighbour is known.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="isMoving">Whether frames are being moved.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public ProbeTarget? FindProbeTarget(DriverSide driver, StackSide stack, bool isMoving, long nowNanoseconds)
    {
        bool serves = driver.IsTransmitting && stack.State == SideState.Ready && _neighbors.StationAddress != 0;
        return serves
            ? new ProbeTarget(
                _neighbors.StationAddress,
                stack.Instances + driver.Instances,
                _neighbors.IsInUse(nowNanoseconds),
                isMoving)
            : null;
    }

    /// <summary>Gives the stack what a driver received and did not live to bring. Returns how many frames these were.</summary>
    public ulong Rescue(IReadOnlyList<ITrackedMemory> memory, MacAddress own, StackSide stack)
    {
        ulong rescued = 0;
        foreach (ITrackedMemory buffer in memory)
        {
            FrameRescue.Search(buffer.Content, own, _passed, frame => rescued += stack.Frames.TryEnqueueFrame(frame) ? 1u : 0u);
        }

        return rescued;
    }

    /// <summary>When things are to be looked at again though nothing happens; <see cref="long.MaxValue"/> for never.</summary>
    public long NextLookNanoseconds(long nowNanoseconds) => _neighbors.NextQuestionNanoseconds(nowNanoseconds);

    /// <summary>
    /// Looks at how things stand, and asks a neighbour if nobody is heard. Called again and again. Returns what the driver is to be blamed
    /// for; null if nothing.
    /// </summary>
    /// <param name="driver">The driver.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="isAtRest">Whether the driver had nothing more to bring.</param>
    /// <param name="nowNanoseconds">The time.</param>
    /// <param name="asks">Whether there is a question for the driver to send now.</param>
    public Complaint? Look(DriverSide driver, StackSide stack, bool isAtRest, long nowNanoseconds, out bool asks)
    {
        NeighborTraffic traffic = new(stack.Frames.Arrived.Frames + stack.Frames.Dropped, driver.Frames.Arrived.Frames);
        bool isIdle = driver.IsTransmitting && driver.Frames is { Queued: 0, InFlight: 0 };
        NeighborVerdict verdict = _neighbors.Look(traffic, driver.Instances, isIdle, nowNanoseconds);
        asks = verdict == NeighborVerdict.Ask && TryAsk(driver);
        bool startsOver = driver.TakeStartOverVerdict(nowNanoseconds);
        bool repeats = _repetitions.TakeVerdict(driver.Instances, isAtRest, nowNanoseconds);
        bool isUnasked = _unasked.TakeVerdict(driver.Instances, nowNanoseconds);
        return verdict switch
        {
            _ when repeats => new Complaint(FaultKind.BadReply, "brings frames again and again that it has brought before"),
            _ when isUnasked => new Complaint(FaultKind.BadReply, "brings many answers to each question"),
            _ when startsOver => new Complaint(FaultKind.DeviceFailure, "starts its device over with nearly every exchange"),
            NeighborVerdict.Deaf => new Complaint(FaultKind.Silence, "hears nobody any more, not even the neighbour that answered before"),
            NeighborVerdict.Dumb => new Complaint(FaultKind.Silence, "is no longer answered by the neighbour that answered before"),
            _ => null,
        };
    }

    private bool TryAsk(DriverSide driver)
    {
        Span<byte> question = stackalloc byte[NeighborWatch.QuestionBytes];
        _neighbors.WriteQuestion(question, driver.Identity.Address);
        bool isAsked = driver.Frames.TryEnqueueOwn(question);
        if (!isAsked)
        {
            return false;
        }

        _unasked.NoteQuestion();
        if (_neighbors.AsksEchoes)
        {
            Span<byte> echo = stackalloc byte[PacketBatch.MaximumFrameBytes];
            echo = echo[..(TransportFrame.EthernetBytes + (int)driver.Identity.MaximumTransmissionUnitBytes)];
            driver.Frames.TryEnqueueOwn(echo[.._neighbors.WriteEcho(echo, driver.Identity.Address)]);
            _unasked.NoteQuestion();
        }

        return true;
    }
}
