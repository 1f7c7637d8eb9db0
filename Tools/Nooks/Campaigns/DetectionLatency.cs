using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>How long a failure went unnoticed while work waited.</summary>
public static class DetectionLatency
{
    // Failures at an instruction. Where that belongs to no function, control had left the code.
    private static readonly HashSet<string> s_kindsOfCode =
        ["illegalExecute", "illegalRead", "illegalWrite", "privilegedInstruction", "undefinedInstruction", "processorException"];

    /// <summary>
    /// When the fault was reached that showed itself: one in the function in which the extension failed, else in the one that had called it,
    /// and so on, or in the method that gave the bad answer. Where control left the code, the last one, which led out of it. Where
    /// there is none, or nobody can say where it failed, the first of all. Null if none was reached.
    /// </summary>
    /// <param name="faults">The faults of the trial.</param>
    /// <param name="failure">The failure.</param>
    public static double? Reached(IReadOnlyList<InjectedFault> faults, FaultRecord failure)
    {
        InjectedFault[] before = [.. faults.Where(fault => fault.ActivatedMilliseconds <= failure.TimeMilliseconds)];
        return failure.Stack.Select(entry => entry.Function).Prepend(failure.Function)
            .Where(function => function is not null)
            .Select(function => FirstIn(before, name => name == function))
            .Append(FirstIn(before, name => IsMethodOf(failure, name)))
            .Append(failure.Function is null && s_kindsOfCode.Contains(failure.Kind) ? before.Max(fault => fault.ActivatedMilliseconds) : null)
            .FirstOrDefault(reached => reached is not null)
            ?? faults.Min(fault => fault.ActivatedMilliseconds);
    }

    /// <summary>
    /// From when a fault was reached to the detection, in the guest's time, which goes on while the host does not run the guest. Users come
    /// only when the injection is over: what was reached before, while an instance started with faults or was asked for a sign of life,
    /// keeps nobody waiting until then.
    /// </summary>
    /// <param name="reached">When the fault was reached, in milliseconds since the machine was started, as are the others.</param>
    /// <param name="injected">When the injection was over.</param>
    /// <param name="detected">When the failure was detected.</param>
    public static double Milliseconds(double reached, double injected, double detected)
        => detected - (detected > injected ? Math.Max(reached, injected) : reached);

    private static double? FirstIn(IEnumerable<InjectedFault> faults, Predicate<string> isMeant)
        => faults.Where(fault => fault.Function is not null && isMeant(fault.Function)).Min(fault => fault.ActivatedMilliseconds);

    // The kernel names the method of the contract last, in parentheses.
    private static bool IsMethodOf(FaultRecord failure, string function)
        => failure.Kind == "badReply" && failure.Detail.EndsWith($"({function[(function.LastIndexOf('.') + 1)..]})", StringComparison.Ordinal);
}
