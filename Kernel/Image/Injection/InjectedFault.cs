using NooksOS.Isolation.Injection;

namespace NooksOS.Image.Injection;

/// <summary>A fault that was put into an instance.</summary>
internal abstract record InjectedFault
{
    /// <summary>What kind of mistake it stands for.</summary>
    public abstract FaultType Type { get; }

    /// <summary>Where it is, for a line of text.</summary>
    public abstract string Where { get; }

    /// <summary>Where it lies in the image, in hexadecimal; empty if it does not.</summary>
    public virtual string ImageOffset => string.Empty;

    /// <summary>The function, or the method of a contract.</summary>
    public abstract string? Function { get; }

    /// <summary>Its source file, if it is known.</summary>
    public virtual string? File => null;

    /// <summary>The line, if it is known.</summary>
    public virtual int? Line => null;

    /// <summary>What is done without the fault.</summary>
    public abstract string Before { get; }

    /// <summary>What is done with it.</summary>
    public abstract string After { get; }

    /// <summary>The bytes that were there, in hexadecimal; empty if none are changed.</summary>
    public virtual string BytesBefore => string.Empty;

    /// <summary>The bytes that are there now.</summary>
    public virtual string BytesAfter => string.Empty;

    /// <summary>When it was reached first, since boot; zero if it was not.</summary>
    public abstract long ActivationNanoseconds { get; }
}
