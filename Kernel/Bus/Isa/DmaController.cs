using System;
using System.Threading;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>
/// The two 8237A controllers that move data between memory and devices of the ISA bus: channels 0 to 3 move bytes, 5 to 7 move
/// words, and 4 joins the two. Ports and meanings are those of the Intel 8237A data sheet and of the IBM PC/AT Technical Reference,
/// section "DMA". All channels share registers, so the kernel programs them for everybody.
/// </summary>
public sealed class DmaController(IIsaPorts ports)
{
    /// <summary>No buffer may end above this address: a channel has 24 address lines.</summary>
    public const ulong AddressLimit = 16 << 20;

    private const int ChannelCount = 8;
    private const int CascadeChannel = 4;
    private const int ChannelsPerController = 4;
    private const uint UnitLimit = 64 * 1024;

    // Mode register: single transfers, ascending addresses, automatic initialisation, memory to device.
    private const byte SingleAutomaticRead = 0x58;
    private const byte MaskSet = 0x04;
    private const int PageShift = 16;
    private const int Attempts = 8;

    private static readonly ushort[] s_pagePorts = [0x87, 0x83, 0x81, 0x82, 0, 0x8B, 0x89, 0x8A];

    private readonly Lock _sync = new();
    private readonly uint[] _units = new uint[ChannelCount];

    /// <summary>Whether there is a channel of that number for a device.</summary>
    public static bool IsChannel(uint channel) => channel is < ChannelCount and not CascadeChannel;

    /// <summary>Whether a channel can reach a buffer: it counts 64 Ki units of bytes or words, and cannot carry into its page.</summary>
    public static bool CanReach(uint channel, ulong address, uint lengthBytes)
    {
        uint unitBytes = UnitBytes(channel);
        ulong windowBytes = (ulong)UnitLimit * unitBytes;
        return IsChannel(channel)
            && lengthBytes != 0
            && address % unitBytes == 0
            && lengthBytes % unitBytes == 0
            && address + lengthBytes <= AddressLimit
            && address / windowBytes == (address + lengthBytes - 1) / windowBytes;
    }

    /// <summary>Stops a channel and sets it to the start of a buffer, which the device is to read round and round.</summary>
    /// <exception cref="ArgumentException">The channel cannot reach the buffer.</exception>
    public void Program(uint channel, ulong address, uint lengthBytes)
    {
        if (!CanReach(channel, address, lengthBytes))
        {
            throw new ArgumentException($"channel {channel} cannot reach {lengthBytes} bytes at 0x{address:x}", nameof(address));
        }

        uint unitBytes = UnitBytes(channel);
        uint start = (uint)(address / unitBytes);
        uint units = lengthBytes / unitBytes;
        lock (_sync)
        {
            Mask(channel);
            ports.Write(ModePort(channel), (byte)(SingleAutomaticRead | (channel % ChannelsPerController)));
            WriteWord(channel, AddressPort(channel), (ushort)start);

            // The page holds the address lines above those that the channel counts; of a word channel the lowest is not used.
            ports.Write(s_pagePorts[channel], (byte)((address >> PageShift) & ~(ulong)(unitBytes - 1)));
            WriteWord(channel, CountPort(channel), (ushort)(units - 1));
            _units[channel] = units;
        }
    }

    /// <summary>Lets the device read.</summary>
    public void Unmask(uint channel)
    {
        lock (_sync)
        {
            ports.Write(MaskPort(channel), (byte)(channel % ChannelsPerController));
        }
    }

    /// <summary>Lets the device read no more. Returns how many bytes of the buffer it has read in this round.</summary>
    public uint Stop(uint channel)
    {
        lock (_sync)
        {
            Mask(channel);
            return ReadPosition(channel);
        }
    }

    /// <summary>Returns how many bytes of the buffer the device has read in this round.</summary>
    public uint GetPosition(uint channel)
    {
        lock (_sync)
        {
            return ReadPosition(channel);
        }
    }

    private static uint UnitBytes(uint channel) => channel < ChannelsPerController ? 1u : 2u;

    private static ushort AddressPort(uint channel)
        => (ushort)(channel < ChannelsPerController ? 2 * channel : 0xC0 + (4 * (channel - ChannelsPerController)));

    private static ushort CountPort(uint channel) => (ushort)(AddressPort(channel) + UnitBytes(channel));

    private static ushort MaskPort(uint channel) => (ushort)(channel < ChannelsPerController ? 0x0A : 0xD4);

    private static ushort ModePort(uint channel) => (ushort)(channel < ChannelsPerController ? 0x0B : 0xD6);

    private static ushort FlipFlopPort(uint channel) => (ushort)(channel < ChannelsPerController ? 0x0C : 0xD8);

    private void Mask(uint channel) => ports.Write(MaskPort(channel), (byte)(MaskSet | (channel % ChannelsPerController)));

    private uint ReadPosition(uint channel)
    {
        if (_units[channel] == 0)
        {
            return 0;
        }

        // The count goes on between its halves while the device reads: two equal readings are one that is whole.
        ushort left = ReadWord(channel);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ushort before = left;
            left = ReadWord(channel);
            if (left >> 8 == before >> 8)
            {
                break;
            }
        }

        // It is one less than what is left, and all ones for the moment between the last unit and the first one again.
        uint units = _units[channel];
        return (uint)(ushort)(units - 1 - left) % units * UnitBytes(channel);
    }

    private ushort ReadWord(uint channel)
    {
        ports.Write(FlipFlopPort(channel), 0);
        byte low = ports.Read(CountPort(channel));
        return (ushort)(low | (ports.Read(CountPort(channel)) << 8));
    }

    private void WriteWord(uint channel, ushort port, ushort value)
    {
        ports.Write(FlipFlopPort(channel), 0);
        ports.Write(port, (byte)value);
        ports.Write(port, (byte)(value >> 8));
    }
}
