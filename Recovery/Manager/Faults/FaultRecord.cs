using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// What is kept about one failure and its recovery. Written by the recovery thread only; others may read it at any time and
/// see a recovery that is under way.
/// </summary>
public sealed class FaultRecord
{
    private const int Steps = (int)RecoveryStep.Ready + 1;
    private const long NotReached = -1;

    private readonly long[] _times = new long[Steps];
    private string _note = string.Empty;

    internal FaultRecord(uint id, string extension, string imageName, uint generation, FaultReport report)
    {
        Id = id;
        Extension = extension;
        ImageName = imageName;
        Generation = generation;
        Report = report;
        Array.Fill(_times, NotReached);
        _times[(int)RecoveryStep.Detected] = report.TimeNanoseconds;
    }

    /// <summary>Names the failure; counts from one.</summary>
    public uint Id { get; }

    /// <summary>The extension that failed.</summary>
    public string Extension { get; }

    /// <summary>The image that the instance was made from.</summary>
    public string ImageName { get; }

    /// <summary>Which instance failed, from one.</summary>
    public uint Generation { get; }

    /// <summary>What was detected.</summary>
    public FaultReport Report { get; }

    /// <summary>How it was detected.</summary>
    public FaultKind Kind => Report.Kind;

    /// <summary>Who decided.</summary>
    public DecisionSource DecidedBy { get; internal set; }

    /// <summary>What was decided; meaningful once <see cref="DecidedBy"/> is somebody.</summary>
    public RecoveryDecision Decision { get; internal set; }

    /// <summary>How it ended.</summary>
    public RecoveryOutcome Outcome { get; internal set; }

    /// <summary>Whatever was out of the ordinary in the recovery.</summary>
    public string Note => _note;

    /// <summary>Kernel objects taken back.</summary>
    public uint ObjectsReleased { get; internal set; }

    /// <summary>Kernel objects lost.</summary>
    public uint ObjectsLeaked { get; internal set; }

    /// <summary>Memory pages that the domain held when it failed.</summary>
    public ulong PagesBefore { get; internal set; }

    /// <summary>Memory pages that it still holds after its memory was freed: lost ones.</summary>
    public ulong PagesAfter { get; internal set; }

    /// <summary>Why objects were lost.</summary>
    public IReadOnlyList<ObjectTracker.ReleaseFailure> ReleaseFailures { get; internal set; } = [];

    /// <summary>When a step was done, since boot; null if it was not reached.</summary>
    public long? TimeOf(RecoveryStep step) => _times[(int)step] is var time and not NotReached ? time : null;

    /// <summary>Time from the detection to a step; null if it was not reached.</summary>
    public long? ElapsedNanoseconds(RecoveryStep step) => TimeOf(step) - TimeOf(RecoveryStep.Detected);

    /// <summary>How long a step took: from the step before it that was reached. Null if it was not reached.</summary>
    public long? DurationNanoseconds(RecoveryStep step)
    {
        long? end = TimeOf(step);
        for (RecoveryStep before = step - 1; before >= RecoveryStep.Detected; before--)
        {
            if (TimeOf(before) is { } start)
            {
                return end - start;
            }
        }

        return end is null ? null : 0;
    }

    internal void Mark(RecoveryStep step, long timeNanoseconds) => _times[(int)step] = timeNanoseconds;

    internal void AddNote(string note) => _note = _note.Length == 0 ? note : $"{_note}; {note}";
}
