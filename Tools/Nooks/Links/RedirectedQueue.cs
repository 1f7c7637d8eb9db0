namespace NooksOS.Tool.Links;

/// <summary>The sockets over which the frames of one direction leave QEMU and come back.</summary>
/// <param name="LeavingSocket">Where somebody listens for the frames that QEMU would have delivered.</param>
/// <param name="ReturningSocket">Where somebody listens who says what QEMU is to deliver instead.</param>
public sealed record RedirectedQueue(string LeavingSocket, string ReturningSocket);
