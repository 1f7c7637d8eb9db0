namespace NooksOS.Drivers;

/// <summary>Frames that have left the transmit ring.</summary>
/// <param name="Frames">How many, sent or not.</param>
/// <param name="Bytes">Length of those that were sent.</param>
/// <param name="Errors">How many were not sent.</param>
public readonly record struct TransmitOutcome(uint Frames, uint Bytes, uint Errors);
