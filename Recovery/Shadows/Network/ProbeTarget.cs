namespace NooksOS.Recovery.Shadows;

/// <summary>A network stack that can be asked as a neighbour would ask it.</summary>
/// <param name="Address">The neighbour's address, in host order.</param>
/// <param name="Instance">Counts instances of the stack and of the driver: where it has changed, an answer says nothing.</param>
/// <param name="IsInUse">Whether somebody uses the network.</param>
/// <param name="IsMoving">Whether frames are being moved. Whoever is called for that may keep everybody else from being called.</param>
public readonly record struct ProbeTarget(uint Address, uint Instance, bool IsInUse, bool IsMoving);
