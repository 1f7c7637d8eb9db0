using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Ahci;

/// <summary>What a disk says of itself: IDENTIFY DEVICE data, ACS-3 section 7.12.7. Nothing in it is trusted.</summary>
internal readonly struct AtaIdentity
{
    /// <summary>Its length.</summary>
    public const int Bytes = 512;

    // Words of the data.
    private const int SerialWord = 10;
    private const int SerialWords = 10;
    private const int ModelWord = 27;
    private const int ModelWords = 20;
    private const int CapabilitiesWord = 49;
    private const int QueueDepthWord = 75;
    private const int SataCapabilitiesWord = 76;
    private const int SupportedCommandsWord = 83;
    private const int EnabledFeaturesWord = 85;
    private const int SectorCountWord = 100;
    private const int SectorSizeWord = 106;
    private const int LogicalSectorWord = 117;

    private const ushort CapabilityDma = 1 << 8;
    private const ushort CapabilityLogicalAddresses = 1 << 9;
    private const ushort SataQueuing = 1 << 8;
    private const ushort CommandsExtendedAddresses = 1 << 10;
    private const ushort CommandsFlushExtended = 1 << 13;
    private const ushort FeatureWriteCache = 1 << 5;
    private const ushort SectorSizeValidityMask = 0xC000;
    private const ushort SectorSizeValid = 0x4000;
    private const ushort SectorSizeIsLong = 1 << 12;
    private const ushort QueueDepthMask = 0x1F;
    private const ulong MaximumSectors = 1UL << 48;
    private const uint UsualSectorBytes = 512;

    private AtaIdentity(ulong sectorCount, uint sectorBytes, uint queueDepth, bool hasVolatileCache, byte[] model, byte[] serial)
    {
        SectorCount = sectorCount;
        SectorBytes = sectorBytes;
        QueueDepth = queueDepth;
        HasVolatileCache = hasVolatileCache;
        Model = model;
        Serial = serial;
    }

    /// <summary>How many sectors there are.</summary>
    public ulong SectorCount { get; }

    /// <summary>How long they are.</summary>
    public uint SectorBytes { get; }

    /// <summary>How many queued commands it takes; zero if it takes none.</summary>
    public uint QueueDepth { get; }

    /// <summary>Whether its write cache is on.</summary>
    public bool HasVolatileCache { get; }

    /// <summary>The maker's name for it.</summary>
    public byte[] Model { get; }

    /// <summary>Its serial number.</summary>
    public byte[] Serial { get; }

    /// <summary>Reads the data. False if it is not that of a disk that can be driven by 48-bit commands and DMA.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AtaIdentity identity)
    {
        identity = default;
        ushort capabilities = Word(data, CapabilitiesWord);
        const ushort Needed = CapabilityDma | CapabilityLogicalAddresses;
        const ushort NeededCommands = CommandsExtendedAddresses | CommandsFlushExtended;
        ulong sectors = BinaryPrimitives.ReadUInt64LittleEndian(data[(2 * SectorCountWord)..]);
        uint sectorBytes = ReadSectorBytes(data);
        if ((capabilities & Needed) != Needed
            || (Word(data, SupportedCommandsWord) & NeededCommands) != NeededCommands
            || sectors is 0 or > MaximumSectors
            || sectorBytes is < UsualSectorBytes or > BlockLimits.SegmentBytes
            || (sectorBytes & (sectorBytes - 1)) != 0)
        {
            return false;
        }

        uint depth = (Word(data, SataCapabilitiesWord) & SataQueuing) != 0
            ? (uint)(Word(data, QueueDepthWord) & QueueDepthMask) + 1
            : 0;
        identity = new AtaIdentity(
            sectors,
            sectorBytes,
            depth,
            (Word(data, EnabledFeaturesWord) & FeatureWriteCache) != 0,
            ReadText(data, ModelWord, ModelWords),
            ReadText(data, SerialWord, SerialWords));
        return true;
    }

    private static ushort Word(ReadOnlySpan<byte> data, int word) => BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * word)..]);

    private static uint ReadSectorBytes(ReadOnlySpan<byte> data)
    {
        ushort size = Word(data, SectorSizeWord);
        if ((size & SectorSizeValidityMask) != SectorSizeValid || (size & SectorSizeIsLong) == 0)
        {
            return UsualSectorBytes;
        }

        // In words; more than fits is as impossible as no multiple.
        uint words = BinaryPrimitives.ReadUInt32LittleEndian(data[(2 * LogicalSectorWord)..]);
        return words <= BlockLimits.SegmentBytes / 2 ? words * 2 : 0;
    }

    // 3.3.10: the first character of each word is in its upper half; unused ones are spaces.
    private static byte[] ReadText(ReadOnlySpan<byte> data, int firstWord, int words)
    {
        byte[] text = new byte[2 * words];
        for (int index = 0; index < words; index++)
        {
            text[2 * index] = Printable(data[(2 * (firstWord + index)) + 1]);
            text[(2 * index) + 1] = Printable(data[2 * (firstWord + index)]);
        }

        ReadOnlySpan<byte> trimmed = text.AsSpan().Trim((byte)' ');
        return trimmed.ToArray();
    }

    private static byte Printable(byte character) => character is > (byte)' ' and < 0x7F ? character : (byte)' ';
}
