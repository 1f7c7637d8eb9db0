using System.Collections.Generic;
using NooksOS.Isolation;

namespace NooksOS.Image.Measurement;

/// <summary>What crossings cost: time-stamp counts of one round trip of a call that does nothing.</summary>
internal sealed record XpcCosts
{
    /// <summary>How the domain was protected.</summary>
    public required ProtectionBackEnd BackEnd { get; init; }

    /// <summary>From the kernel into the domain and back, with the wrappers of both sides.</summary>
    public required double KernelToDomain { get; init; }

    /// <summary>From the domain into the kernel and back, with the wrappers of both sides.</summary>
    public required double DomainToKernel { get; init; }

    /// <summary>What either consists of. The parts add up to the two sums.</summary>
    public required IReadOnlyList<XpcPart> Parts { get; init; }
}
