using NooksOS.Isolation.Injection;

namespace NooksOS.Image.Injection;

/// <summary>A call that goes wrong at the wrappers.</summary>
internal sealed record InjectedWrapperFault(WrapperFault Fault) : InjectedFault
{
    /// <inheritdoc/>
    public override FaultType Type => Fault.Type;

    /// <inheritdoc/>
    public override string Where => Fault.Method is { } method ? $"at {method}" : "at the wrappers";

    /// <inheritdoc/>
    public override string? Function => Fault.Method;

    /// <inheritdoc/>
    public override string Before => $"call {Fault.Call + 1} that it has a meaning for";

    /// <inheritdoc/>
    public override string After => Type == FaultType.CopyOverrun
        ? $"{Fault.LengthBytes} bytes too many"
        : FaultTypeInfo.All[(int)Type].Summary;

    /// <inheritdoc/>
    public override long ActivationNanoseconds => Fault.ActivationNanoseconds;
}
