using System;
using System.Globalization;
using NooksOS.Isolation.Injection;
using NooksOS.Recovery;

namespace NooksOS.Image.Injection;

/// <summary>A changed instruction.</summary>
/// <param name="Fault">What was changed.</param>
/// <param name="ArmedIndex">Which of <see cref="ArmedFaults"/> it is.</param>
/// <param name="Location">The place in the source.</param>
internal sealed record InjectedTextFault(TextFault Fault, int ArmedIndex, CodeLocation Location) : InjectedFault
{
    /// <inheritdoc/>
    public override FaultType Type => Fault.Type;

    /// <inheritdoc/>
    public override string Where
        => $"at {ImageOffset}"
            + (Location.Symbol is { } symbol ? $" in {symbol}" : string.Empty)
            + (Location.File is { } file ? $" ({file}:{Location.Line})" : string.Empty);

    /// <inheritdoc/>
    public override string ImageOffset => "0x" + Fault.ImageOffset.ToString("x", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string? Function => Location.Symbol;

    /// <inheritdoc/>
    public override string? File => Location.File;

    /// <inheritdoc/>
    public override int? Line => Location.Line == 0 ? null : (int)Location.Line;

    /// <inheritdoc/>
    public override string Before => Fault.Before;

    /// <inheritdoc/>
    public override string After => Fault.After;

    /// <inheritdoc/>
    public override string BytesBefore => Convert.ToHexStringLower(Fault.Original);

    /// <inheritdoc/>
    public override string BytesAfter => Convert.ToHexStringLower(Fault.Changed);

    /// <inheritdoc/>
    public override long ActivationNanoseconds => ArmedFaults.ActivationNanoseconds(ArmedIndex);
}
