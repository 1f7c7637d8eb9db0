using System.Collections.Generic;

namespace NooksOS.Image.Measurement;

/// <summary>What null crossings cost, in ticks of the time-stamp counter for each.</summary>
/// <param name="KernelToDomain">From the kernel into the domain and back.</param>
/// <param name="DomainToKernel">From the domain into the kernel and back.</param>
/// <param name="Parts">What the first and the second are made of.</param>
internal sealed record CrossingCost(
    double KernelToDomain, double DomainToKernel, IReadOnlyList<(string Name, double Ticks)> Parts);
