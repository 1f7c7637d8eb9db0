using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>A sound card as seen through its ports: what the models of all cards have in common.</summary>
internal abstract class SoundCard(FakeMemory memory) : PortWindow
{
    /// <summary>Register writes that are left before the instance dies. Negative: it lives.</summary>
    public int WritesLeft { get; set; } = -1;

    /// <summary>Register writes so far.</summary>
    public int Writes { get; private set; }

    /// <summary>Every frame that was heard.</summary>
    public List<uint> Heard { get; } = [];

    /// <summary>What the driver did to the card that no driver may do. Must stay empty.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Happens after an access to a port, before the driver goes on.</summary>
    public Action? AfterAccess { get; set; }

    public abstract bool IsLineAsserted { get; }

    public override Handle<TrackedObjects.PortRange> Handle => new(1, 1);

    protected FakeMemory Memory { get; } = memory;

    /// <summary>Time passes: the card plays so many frames, if it plays.</summary>
    public abstract void Play(uint frames);

    /// <summary>Makes a dead instance's card do what a card does that a wild driver wrote to.</summary>
    public abstract void Scramble(Random random);

    /// <summary>A write of the driver: counted, and the last one if it is time to die.</summary>
    public void CountWrite()
    {
        if (WritesLeft == 0)
        {
            throw new InstanceKilledException();
        }

        WritesLeft--;
        Writes++;
    }

    /// <summary>The driver has done an access. Others may run now, who are not interrupted by the same again.</summary>
    public void Accessed()
    {
        Action? others = AfterAccess;
        AfterAccess = null;
        others?.Invoke();
        AfterAccess = others;
    }

    protected void Hear(ulong address)
    {
        Span<byte> frame = stackalloc byte[sizeof(uint)];
        if (!Memory.TryRead(address, frame))
        {
            Complaints.Add($"plays from 0x{address:x}, which is not its memory");
        }

        Heard.Add(BitConverter.ToUInt32(frame));
    }
}
