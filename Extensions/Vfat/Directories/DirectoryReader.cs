using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Reads the entries of a directory one after the other, without those for itself and its parent and without the label. Pieces of a
/// long name that do not belong together are passed over: the entry then has its short name.
/// </summary>
internal sealed class DirectoryReader
{
    private readonly VolumeAccess _volume;
    private readonly char[] _name = new char[LongNames.MaximumSlots * LongNames.SlotCharacters];
    private readonly ulong[] _slots = new ulong[LongNames.MaximumSlots + 1];
    private readonly byte[] _entry = new byte[DirectoryEntry.Bytes];
    private SlotCursor _cursor;
    private bool _isAtEnd;
    private int _pieces;
    private int _expected;
    private byte _checksum;
    private string? _shortText;
    private int _nameLength;

    /// <param name="volume">The volume.</param>
    /// <param name="firstCluster">The directory; zero for the root.</param>
    /// <param name="startIndex">The slot to begin with.</param>
    public DirectoryReader(VolumeAccess volume, uint firstCluster, uint startIndex = 0)
    {
        _volume = volume;
        _cursor = new SlotCursor(volume, firstCluster);
        _isAtEnd = !_cursor.TryMoveTo(startIndex);
    }

    /// <summary>Whether the volume's label is read too, as an entry.</summary>
    public bool IncludesLabel { get; init; }

    /// <summary>The name of the entry.</summary>
    public ReadOnlySpan<char> Name => _shortText is null ? _name.AsSpan(0, _nameLength) : _shortText;

    /// <summary>The slots of the entry in the order of the directory; the last one has the short name.</summary>
    public ReadOnlySpan<ulong> Slots => _slots.AsSpan(0, _pieces + 1);

    /// <summary>The slot with the short name.</summary>
    public Span<byte> Entry => _entry;

    /// <summary>The slot behind the entry.</summary>
    public uint NextIndex { get; private set; }

    /// <summary>The entry as a file.</summary>
    public FileNode Node => NodeOf(_entry, _slots[_pieces], _volume.Geometry);

    /// <summary>What a directory entry says of a file.</summary>
    public static FileNode NodeOf(Span<byte> bytes, ulong position, VolumeGeometry geometry)
    {
        DirectoryEntry entry = new(bytes);
        uint cluster = entry.GetCluster(geometry.FatBits);
        uint length = (entry.Flags & FileFlags.Directory) != 0 ? 0 : entry.LengthBytes;
        return new FileNode(position, entry.Flags, length, cluster, cluster, length, 0, 0, entry.CreatedTicks, entry.ModifiedTicks);
    }

    /// <summary>Goes to the next entry. False if there is none.</summary>
    public bool TryNext()
    {
        Forget();
        while (!_isAtEnd)
        {
            ulong position = _cursor.Position;
            ReadOnlySpan<byte> slot = _volume.Bytes.Read(position, DirectoryEntry.Bytes);
            byte mark = slot[0];
            if (mark == DirectoryEntry.EndMark)
            {
                _isAtEnd = true;
                return false;
            }

            slot.CopyTo(_entry);
            _isAtEnd = !_cursor.TryAdvance();
            NextIndex = _isAtEnd ? SlotCursor.MaximumSlots : _cursor.Index;
            byte attributes = _entry[DirectoryEntry.AttributeOffset];
            if (mark == DirectoryEntry.FreeMark)
            {
                Forget();
            }
            else if (attributes == DirectoryEntry.LongNameAttributes)
            {
                AddPiece(position);
            }
            else if (mark == (byte)'.' || ((attributes & DirectoryEntry.LabelAttribute) != 0 && !IncludesLabel))
            {
                Forget();
            }
            else
            {
                Complete(position);
                return true;
            }
        }

        return false;
    }

    private void AddPiece(ulong position)
    {
        int ordinal = _entry[0] & LongNames.OrdinalMask;
        byte checksum = LongNames.ChecksumOf(_entry);
        if ((_entry[0] & LongNames.LastPieceMark) != 0)
        {
            Forget();
            if (ordinal is 0 or > LongNames.MaximumSlots)
            {
                return;
            }

            _expected = ordinal;
            _checksum = checksum;
            _nameLength = ordinal * LongNames.SlotCharacters;
        }
        else if (_expected == 0 || ordinal != _expected || checksum != _checksum)
        {
            Forget();
            return;
        }

        LongNames.DecodePiece(_entry, _name);
        _slots[_pieces++] = position;
        _expected = ordinal - 1;

        // Zero ends the list of pieces as well as it says that none has begun; the count of pieces tells which.
    }

    private void Complete(ulong position)
    {
        bool isWhole = _pieces != 0 && _expected == 0 && _checksum == ShortNames.ComputeChecksum(_entry);
        if (isWhole)
        {
            int end = _name.AsSpan(0, _nameLength).IndexOf('\0');
            _nameLength = end < 0 ? _nameLength : end;
            isWhole = _nameLength is > 0 and <= FileLimits.NameCharacters;
        }

        if (!isWhole)
        {
            _pieces = 0;
            _shortText = ShortNames.Decode(_entry, new DirectoryEntry(_entry).CaseBits);
        }

        _slots[_pieces] = position;
    }

    private void Forget()
    {
        _pieces = 0;
        _expected = 0;
        _shortText = null;
        _nameLength = 0;
    }
}
