namespace NooksOS.Tool.Benchmarks;

/// <summary>Which way the bytes of a test go, seen from the guest.</summary>
public enum StreamDirection
{
    /// <summary>The host sends and the guest receives.</summary>
    In,

    /// <summary>The guest sends and the host receives.</summary>
    Out,
}
