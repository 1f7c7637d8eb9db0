using NooksOS.Isolation.Injection;
using NooksOS.Recovery;

namespace NooksOS.Image.Injection;

/// <summary>A fault that was put into an instance.</summary>
/// <param name="Fault">What was changed.</param>
/// <param name="ArmedIndex">Which of <see cref="ArmedFaults"/> it is.</param>
/// <param name="Location">The place in the source.</param>
internal sealed record InjectedFault(TextFault Fault, int ArmedIndex, CodeLocation Location)
{
    /// <summary>When it was reached first, since boot; zero if it was not.</summary>
    public long ActivationNanoseconds => ArmedFaults.ActivationNanoseconds(ArmedIndex);
}
