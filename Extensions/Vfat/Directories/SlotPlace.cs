namespace NooksOS.Extensions.Vfat;

/// <summary>Free slots for a new entry.</summary>
/// <param name="Position">Where the first of them is; the others follow.</param>
/// <param name="EndsDirectory">Whether no slot behind them was ever used.</param>
/// <param name="Following">The slot behind the sector that the last of them is in; zero if there is none.</param>
internal readonly record struct SlotPlace(ulong Position, bool EndsDirectory, ulong Following);
