using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds of the shadow of a network device.</summary>
public sealed record NetworkShadowOptions
{
    private const long VigilantQuietNanoseconds = 10_000_000;
    private const long VigilantPeriodNanoseconds = 6_000_000;

    /// <summary>Frames that may wait for the driver: one for each connection, should all of them send at once.</summary>
    public int TransmitQueueFrames { get; init; } = 1024;

    /// <summary>Frames that may wait for the stack: one for each connection, should all peers send at once.</summary>
    public int ReceiveQueueFrames { get; init; } = 1024;

    /// <summary>How often the stack is told the time.</summary>
    public long TimerPeriodNanoseconds { get; init; } = 10_000_000;

    /// <summary>How long the link may be down after a restart of the driver before users are told.</summary>
    public long LinkGraceNanoseconds { get; init; } = 3_000_000_000;

    /// <summary>How often a link that is down is read.</summary>
    public long LinkPollNanoseconds { get; init; } = 100_000_000;

    /// <summary>With so many frames in one round there is load.</summary>
    public int BusyFrames { get; init; } = 16;

    /// <summary>How long frames may gather under load while others need the processor.</summary>
    public long BusyPauseNanoseconds { get; init; } = 1_000_000;

    /// <summary>How long the frames of a stream gather at first, and by how much longer each time that they were too few.</summary>
    public long GatherStepNanoseconds { get; init; } = 750_000;

    /// <summary>How many such steps there are.</summary>
    public int GatherSteps { get; init; } = 4;

    /// <summary>As many frames as are worth an exchange, which carries some more (<see cref="PacketBatch.ExchangeFrames"/>).</summary>
    public int EnoughFrames { get; init; } = 96;

    /// <summary>Frames of this length, on average, are a stream.</summary>
    public int StreamFrameBytes { get; init; } = 512;

    /// <summary>How soon an extension that took nothing is asked again.</summary>
    public long RetryNanoseconds { get; init; } = 1_000_000;

    /// <summary>How long a device that is in use may be silent before a neighbour is asked whether it is there.</summary>
    public long QuietNanoseconds { get; init; } = 20_000_000;

    /// <summary>The same for one that nobody uses, at first.</summary>
    public long IdleQuietNanoseconds { get; init; } = 1_000_000_000;

    /// <summary>
    /// The same for one that nobody has used for long, and whose neighbour has answered every time. Who begins to use it has the time of a
    /// device in use, whoever waits to be called by others waits for that long.
    /// </summary>
    public long LongestIdleQuietNanoseconds { get; init; } = 8_000_000_000;

    /// <summary>For how long after its last frame a network counts as used.</summary>
    public long NetworkUseNanoseconds { get; init; } = 2_000_000_000;

    /// <summary>
    /// How soon a neighbour is asked again. All questions together take 200 ms: an emulator whose network thread the host keeps from
    /// running is silent for as long, and a driver that is restarted for that costs more than it mends.
    /// </summary>
    public long QuestionPeriodNanoseconds { get; init; } = 40_000_000;

    /// <summary>How many questions must stay unanswered before a device counts as deaf.</summary>
    public int QuestionsUnanswered { get; init; } = 5;

    /// <summary>How long answers are waited for at most, however slow the link was before.</summary>
    public long LongestPatienceNanoseconds { get; init; } = 1_000_000_000;

    /// <summary>For how long the slowest answer counts in full: a busy host holds its networks up again and again.</summary>
    public long AnswerMemoryNanoseconds { get; init; } = 20_000_000_000;

    /// <summary>
    /// How many questions must stay unanswered while others are heard before a device counts as dumb: a bad link may lose some in a row.
    /// </summary>
    public int QuestionsUnheard { get; init; } = 12;

    /// <summary>
    /// Whether a question that is not answered is repeated while others are heard, too: what they send may be all that still gets through.
    /// </summary>
    internal bool AsksOnWhileOthersAreHeard { get; init; }

    /// <summary>
    /// The same for a system that is probed, where failures are to be found quickly. Each question still has its own look: a machine that
    /// its host stops for a moment loses one of them, and hears the answer to the one before when it goes on.
    /// </summary>
    internal NetworkShadowOptions WhenVigilant() => this with
    {
        QuietNanoseconds = Math.Min(QuietNanoseconds, VigilantQuietNanoseconds),
        LongestIdleQuietNanoseconds = IdleQuietNanoseconds,
        QuestionPeriodNanoseconds = Math.Min(QuestionPeriodNanoseconds, VigilantPeriodNanoseconds),
        QuestionsUnheard = Math.Min(QuestionsUnheard, QuestionsUnanswered),
        AnswerMemoryNanoseconds = 0,
        AsksOnWhileOthersAreHeard = true,
    };
}
