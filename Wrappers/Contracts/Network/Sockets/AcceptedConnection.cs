namespace NooksOS.Contracts;

/// <summary>The block of a connection that has come in.</summary>
/// <param name="Block">Its number.</param>
/// <param name="Generation">The generation that the stack commits its half with.</param>
public readonly record struct AcceptedConnection(uint Block, uint Generation);
