using NooksOS.Contracts;

namespace NooksOS.Recovery.Commands;

/// <summary>A failure and its outcome in one line, for the kernel's log.</summary>
public static class FaultLine
{
    /// <summary>Writes the line.</summary>
    public static string Write(FaultRecord record)
    {
        System.ArgumentNullException.ThrowIfNull(record);
        string duration = record.Outcome == RecoveryOutcome.Recovered && record.ElapsedNanoseconds(RecoveryStep.Ready) is { } elapsed
            ? $" in {Words.MillisecondsText(elapsed)} ms"
            : string.Empty;
        return $"{record.Extension}: {Words.Of(record.Kind)} at {Words.MillisecondsText(record.Report.TimeNanoseconds)} ms, "
            + $"{Words.Of(record.Outcome)}{duration}, fault {record.Id}";
    }
}
