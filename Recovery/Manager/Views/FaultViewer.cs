using System;
using System.Collections.Generic;

namespace NooksOS.Recovery;

/// <summary>Makes fault records readable: looks up functions and lines, and turns times into durations.</summary>
public sealed class FaultViewer(FaultLog log, IFaultSymbolizer symbolizer)
{
    /// <summary>Every record that is kept, oldest first.</summary>
    public IReadOnlyList<FaultView> View() => ViewLatest(int.MaxValue);

    /// <summary>The latest records, at most so many, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="after">Only those after the one of this number.</param>
    public IReadOnlyList<FaultView> ViewLatest(int count, uint after = 0)
    {
        FaultRecord[] records = Array.FindAll(log.Snapshot(), record => record.Id > after);
        return Array.ConvertAll(records[Math.Max(0, records.Length - count)..], View);
    }

    /// <summary>One record, or null if it is not kept.</summary>
    public FaultView? View(uint id) => log.Find(id) is { } record ? View(record) : null;

    private FaultView View(FaultRecord record)
    {
        FaultReport report = record.Report;
        return new FaultView
        {
            Id = record.Id,
            TimeNanoseconds = report.TimeNanoseconds,
            Extension = record.Extension,
            Generation = record.Generation,
            Kind = record.Kind,
            Detail = report.Detail,
            Address = report.HasAddress ? report.Address : null,
            InstructionPointer = report.InstructionPointer != 0 ? report.InstructionPointer : null,
            Location = Locate(record, report.InstructionPointer),
            Registers = report.Registers,
            Stack = ViewStack(record),
            Decision = record.DecidedBy == DecisionSource.Nobody ? null : record.Decision,
            DecidedBy = record.DecidedBy,
            Outcome = record.Outcome,
            Note = record.Note,
            Steps = ViewSteps(record),
            RecoveryNanoseconds = record.ElapsedNanoseconds(RecoveryStep.Ready),
            ObjectsReleased = record.ObjectsReleased,
            ObjectsLeaked = record.ObjectsLeaked,
            PagesBefore = record.PagesBefore,
            PagesAfter = record.PagesAfter,
        };
    }

    private static List<StepTime> ViewSteps(FaultRecord record)
    {
        List<StepTime> steps = [];
        for (RecoveryStep step = RecoveryStep.Detected; step <= RecoveryStep.Ready; step++)
        {
            if (record.ElapsedNanoseconds(step) is { } elapsed)
            {
                steps.Add(new StepTime(step, elapsed, record.DurationNanoseconds(step) ?? 0));
            }
        }

        return steps;
    }

    private StackEntry[] ViewStack(FaultRecord record)
    {
        IReadOnlyList<ulong> addresses = record.Report.Stack;
        StackEntry[] entries = new StackEntry[addresses.Count];
        for (int index = 0; index < entries.Length; index++)
        {
            // All but the first are return addresses, which may belong to the line after the call.
            CodeLocation location = index == 0 ? Locate(record, addresses[0]) : LocateCall(record, addresses[index]);
            entries[index] = new StackEntry(addresses[index], location);
        }

        return entries;
    }

    private CodeLocation LocateCall(FaultRecord record, ulong returnAddress)
    {
        CodeLocation location = Locate(record, returnAddress - 1);
        return location.Symbol is null ? location : location with { OffsetBytes = location.OffsetBytes + 1 };
    }

    private CodeLocation Locate(FaultRecord record, ulong address)
        => address == 0 ? default : symbolizer.Locate(record.ImageName, record.Report.DomainId, address);
}
