namespace NooksOS.Contracts;

/// <summary>What <see cref="ISystemView"/> describes. Each is the JSON document that the shell command of that name gives.</summary>
public enum SystemDocument : uint
{
    /// <summary><c>domains</c>: extensions and their domains.</summary>
    Domains = 0,

    /// <summary><c>faults</c>: fault records, the latest so many or, with 0, all.</summary>
    Faults = 1,

    /// <summary><c>mem</c>: memory.</summary>
    Memory = 2,

    /// <summary><c>net</c>: the network interface and its counters.</summary>
    Network = 3,

    /// <summary><c>xpc</c>: calls through each wrapper.</summary>
    Calls = 4,

    /// <summary><c>crash</c>: the ways in which an extension can be made to misbehave.</summary>
    CrashKinds = 5,
}
