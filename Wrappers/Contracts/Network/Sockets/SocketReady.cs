namespace NooksOS.Contracts;

/// <summary>A socket that is ready for something.</summary>
/// <param name="Socket">Which. Its slot is small and dense: it can index a table of the caller's.</param>
/// <param name="Events">For what.</param>
public readonly record struct SocketReady(Handle<TrackedObjects.Socket> Socket, SocketEvents Events);
