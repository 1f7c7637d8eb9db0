namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>Where a field's value is inside the head.</summary>
/// <param name="Name">Which field.</param>
/// <param name="ValueStart">First byte of the value, without white space.</param>
/// <param name="ValueLength">Its length.</param>
internal readonly record struct FieldLine(FieldName Name, ushort ValueStart, ushort ValueLength);
