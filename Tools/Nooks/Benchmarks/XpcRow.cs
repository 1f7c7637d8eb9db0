using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Benchmarks;

/// <summary>The cost of crossings under one protection mechanism. The names are those of the JSON document.</summary>
public sealed record XpcRow
{
    private const int Digits = 2;

    /// <summary>Puts a boot that counts instructions and one that measures time together.</summary>
    public XpcRow(string mechanism, XpcMeasurement counted, XpcMeasurement timed)
    {
        Mechanism = mechanism;
        KernelToDomainInstructions = Math.Round(counted.KernelToDomainTicks, Digits);
        DomainToKernelInstructions = Math.Round(counted.DomainToKernelTicks, Digits);
        KernelToDomainTimeRatio = Ratio(timed.KernelToDomainTicks, timed.DirectKernelToDomainTicks);
        DomainToKernelTimeRatio = Ratio(timed.DomainToKernelTicks, timed.DirectDomainToKernelTicks);
        Parts = counted.Parts;
    }

    /// <summary>The protection mechanism, or direct.</summary>
    public string Mechanism { get; }

    /// <summary>Guest instructions from the kernel into a domain and back.</summary>
    public double KernelToDomainInstructions { get; }

    /// <summary>Guest instructions from a domain into the kernel and back.</summary>
    public double DomainToKernelInstructions { get; }

    /// <summary>Wall time of the first as a multiple of a direct call in the same boot; null without one.</summary>
    public double? KernelToDomainTimeRatio { get; }

    /// <summary>Wall time of the second as a multiple of a direct call in the same boot; null without one.</summary>
    public double? DomainToKernelTimeRatio { get; }

    /// <summary>Instructions by part of the gate.</summary>
    public IReadOnlyList<XpcPart> Parts { get; }

    private static double? Ratio(double ticks, double direct) => direct > 0 ? Math.Round(ticks / direct, Digits) : null;
}
