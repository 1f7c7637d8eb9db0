using System;

namespace NooksOS.Contracts;

/// <summary>The outcome of a call across a protection boundary that returns a value of plain data.</summary>
/// <typeparam name="T">An unmanaged type: no reference may cross between images.</typeparam>
public readonly struct CallResult<T>
    where T : unmanaged
{
    private readonly T _value;

    internal CallResult(CallStatus status, T value)
    {
        Status = status;
        _value = value;
    }

    /// <summary>How the call ended.</summary>
    public CallStatus Status { get; }

    /// <summary>Whether the call was carried out and <see cref="Value"/> may be read.</summary>
    public bool Succeeded => Status == CallStatus.Ok;

    /// <summary>The value returned.</summary>
    /// <exception cref="InvalidOperationException">The call did not succeed.</exception>
    public T Value => Succeeded ? _value : throw new InvalidOperationException("The call did not succeed.");

    /// <summary>Takes the value if the call succeeded.</summary>
    public bool TryGet(out T value)
    {
        value = _value;
        return Succeeded;
    }

    /// <summary>A successful outcome.</summary>
    public static CallResult<T> Ok(T value) => new(CallStatus.Ok, value);

    /// <summary>An outcome that the callee itself may report.</summary>
    /// <exception cref="ArgumentException">The status is one that only a wrapper may produce.</exception>
    public static CallResult<T> Failure(CallStatus status) => new(CallResult.RequireCalleeStatus(status), default);
}
