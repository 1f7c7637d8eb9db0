namespace NooksOS.Drivers.E1000;

/// <summary>What one look at the receive ring brought.</summary>
/// <param name="Slots">Descriptors that came back from the device, good or bad.</param>
/// <param name="Frames">Good frames, now in the batch.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Errors">Frames that were bad, or were reported in a way that cannot be.</param>
/// <param name="BatchBytes">How much of the batch is used.</param>
internal readonly record struct ReceiveOutcome(int Slots, uint Frames, uint Bytes, uint Errors, int BatchBytes);
