using System.Collections.Generic;
using NooksOS.Kernel.Bus.Isa;

namespace NooksOS.Tests.Units.Sound;

/// <summary>Two 8237A controllers with their page registers, as the data sheet has them; only what is written in full counts.</summary>
internal sealed class DmaControllerModel : IIsaPorts
{
    private static readonly Dictionary<ushort, int> s_pages = new()
    {
        [0x87] = 0, [0x83] = 1, [0x81] = 2, [0x82] = 3, [0x8B] = 5, [0x89] = 6, [0x8A] = 7,
    };

    private readonly Channel[] _channels = [new(), new(), new(), new(), new(), new(), new(), new()];
    private readonly bool[] _isHighNext = new bool[2];

    /// <summary>What no kernel may do. Must stay empty.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>How often a count was read while its channel ran.</summary>
    public System.Action? OnCountRead { get; set; }

    /// <summary>Where a channel reads next; null if it may not.</summary>
    public ulong? NextAddress(int channel)
    {
        Channel state = _channels[channel];
        return state.IsMasked ? null : ((ulong)state.Page << 16) + ((ulong)state.Address * UnitBytes(channel));
    }

    /// <summary>A channel moves one unit.</summary>
    public void Move(int channel)
    {
        Channel state = _channels[channel];
        state.Address++;
        if (state.Count-- == 0)
        {
            state.Address = state.BaseAddress;
            state.Count = state.BaseCount;
            state.IsMasked |= (state.Mode & 0x10) == 0;
        }
    }

    public byte Read(ushort port)
    {
        if (!TryFindRegister(port, out int channel, out bool isCount))
        {
            Complaints.Add($"reads port 0x{port:x}");
            return byte.MaxValue;
        }

        OnCountRead?.Invoke();
        ushort value = isCount ? _channels[channel].Count : _channels[channel].Address;
        return (byte)(Toggle(channel) ? value >> 8 : value);
    }

    public void Write(ushort port, byte value)
    {
        int second = port >= 0xC0 ? 4 : 0;
        if (s_pages.TryGetValue(port, out int paged))
        {
            CheckMasked(paged);
            _channels[paged].Page = paged >= 4 ? (byte)(value & 0xFE) : value;
        }
        else if (port is 0x0A or 0xD4)
        {
            _channels[second + (value & 3)].IsMasked = (value & 4) != 0;
        }
        else if (port is 0x0B or 0xD6)
        {
            CheckMasked(second + (value & 3));
            _channels[second + (value & 3)].Mode = value;
        }
        else if (port is 0x0C or 0xD8)
        {
            _isHighNext[second / 4] = false;
        }
        else if (TryFindRegister(port, out int channel, out bool isCount))
        {
            CheckMasked(channel);
            _channels[channel].Write(isCount, Toggle(channel), value);
        }
        else
        {
            Complaints.Add($"writes port 0x{port:x}");
        }
    }

    private static uint UnitBytes(int channel) => channel < 4 ? 1u : 2u;

    private static bool TryFindRegister(ushort port, out int channel, out bool isCount)
    {
        int offset = port < 8 ? port : (port - 0xC0) / 2;
        channel = (offset / 2) + (port < 8 ? 0 : 4);
        isCount = (offset & 1) != 0;
        return port < 8 || port is >= 0xC0 and < 0xD0 && port % 2 == 0;
    }

    private void CheckMasked(int channel)
    {
        if (!_channels[channel].IsMasked)
        {
            Complaints.Add($"programs channel {channel} while it may run");
        }
    }

    private bool Toggle(int channel)
    {
        bool isHigh = _isHighNext[channel / 4];
        _isHighNext[channel / 4] = !isHigh;
        return isHigh;
    }

    private sealed class Channel
    {
        public bool IsMasked { get; set; } = true;

        public byte Mode { get; set; }

        public byte Page { get; set; }

        public ushort Address { get; set; }

        public ushort Count { get; set; }

        public ushort BaseAddress { get; private set; }

        public ushort BaseCount { get; private set; }

        public void Write(bool isCount, bool isHigh, byte value)
        {
            ushort old = isCount ? BaseCount : BaseAddress;
            ushort written = (ushort)(isHigh ? (old & 0xFF) | (value << 8) : (old & 0xFF00) | value);
            if (isCount)
            {
                BaseCount = written;
                Count = written;
            }
            else
            {
                BaseAddress = written;
                Address = written;
            }
        }
    }
}
