using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>Which frames the kernel wants besides those for the station itself and broadcasts.</summary>
public sealed class ReceiveFilter
{
    /// <summary>The longest multicast list.</summary>
    public const int MaximumGroups = 128;

    private const ReceiveMode KnownModes = ReceiveMode.AllMulticast | ReceiveMode.Promiscuous;

    private readonly MacAddress[] _groups = new MacAddress[MaximumGroups];
    private int _groupCount;

    /// <summary>The mode.</summary>
    public ReceiveMode Mode { get; private set; }

    /// <summary>Whether every frame is wanted.</summary>
    public bool IsPromiscuous => (Mode & ReceiveMode.Promiscuous) != 0;

    /// <summary>Whether every multicast frame is wanted.</summary>
    public bool IsAllMulticast => Mode != ReceiveMode.Normal;

    /// <summary>The multicast list.</summary>
    public ReadOnlySpan<MacAddress> Groups => _groups.AsSpan(0, _groupCount);

    /// <summary>Replaces the mode. False, and nothing is changed, if it is none.</summary>
    public bool TrySetMode(ReceiveMode mode)
    {
        if ((mode & ~KnownModes) != 0)
        {
            return false;
        }

        Mode = mode;
        return true;
    }

    /// <summary>Replaces the list. False, and nothing is changed, if it is too long or holds something else than groups.</summary>
    public bool TrySetGroups(ReadOnlySpan<MacAddress> groups)
    {
        if (groups.Length > MaximumGroups)
        {
            return false;
        }

        foreach (MacAddress group in groups)
        {
            if (!group.IsMulticast)
            {
                return false;
            }
        }

        groups.CopyTo(_groups);
        _groupCount = groups.Length;
        return true;
    }
}
