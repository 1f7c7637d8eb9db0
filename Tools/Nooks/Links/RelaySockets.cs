namespace NooksOS.Tool.Links;

/// <summary>Where QEMU is to connect to so that a relay sees its frames.</summary>
/// <param name="ToGuest">For the frames to the guest.</param>
/// <param name="FromGuest">For the frames from the guest.</param>
public sealed record RelaySockets(RedirectedQueue ToGuest, RedirectedQueue FromGuest);
