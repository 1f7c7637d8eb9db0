namespace NooksOS.Isolation;

/// <summary>Where the code of the gate for one back end is.</summary>
/// <param name="Entrance">Where every call into a domain begins.</param>
/// <param name="Return">Where it ends.</param>
/// <param name="Call">Where a call from a domain arrives.</param>
/// <param name="Enter">The part of the entrance that is the back end's own.</param>
/// <param name="Resume">Going on in the domain after a call from it.</param>
public readonly record struct GateAddresses(ulong Entrance, ulong Return, ulong Call, ulong Enter, ulong Resume);
