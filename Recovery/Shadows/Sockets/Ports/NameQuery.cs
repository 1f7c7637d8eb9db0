using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>A name that is being looked up. The shadow guards it.</summary>
internal sealed class NameQuery(uint id, byte[] name)
{
    public uint Id { get; } = id;

    public byte[] Name { get; } = name;

    public bool IsTold { get; set; }

    /// <summary>Null until there is an answer.</summary>
    public CallStatus? Outcome { get; set; }

    public uint Address { get; set; }

    public WaitQueue Waiters { get; } = new();
}
