using System;
using System.Buffers.Binary;

namespace NooksOS.Kernel.Memory;

/// <summary>
/// What the boot loader tells the kernel (Multiboot2 §3.6). A view over the bytes; nothing is copied and nothing beyond the
/// stated size is read. Usable before the base library is initialised.
/// </summary>
public readonly ref struct BootInformation
{
    private const int HeaderBytes = 8;

    private readonly ReadOnlySpan<byte> _tags;

    private BootInformation(ReadOnlySpan<byte> tags) => _tags = tags;

    /// <summary>The size that the first word states, so that the caller can map that much. Zero if it is impossible.</summary>
    public static uint ReadTotalBytes(ReadOnlySpan<byte> header)
    {
        const uint Highest = 1024 * 1024;
        uint totalBytes = header.Length < HeaderBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header);
        return totalBytes is < 2 * HeaderBytes or > Highest ? 0 : totalBytes;
    }

    /// <summary>Looks at the bytes. False if they do not hold the size that they state.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out BootInformation information)
    {
        uint totalBytes = ReadTotalBytes(bytes);
        if (totalBytes == 0 || totalBytes > (uint)bytes.Length)
        {
            information = default;
            return false;
        }

        information = new BootInformation(bytes[HeaderBytes..(int)totalBytes]);
        return true;
    }

    /// <summary>The options given to the kernel, UTF-8.</summary>
    public ReadOnlySpan<byte> CommandLine => Text(BootTag.CommandLine);

    /// <summary>Name of the boot loader, UTF-8.</summary>
    public ReadOnlySpan<byte> BootLoaderName => Text(BootTag.BootLoaderName);

    /// <summary>The memory map, in the boot loader's order.</summary>
    public MemoryMapEnumerator MemoryMap
        => new(Find(BootTag.MemoryMap, out ReadOnlySpan<byte> tag) ? tag : default);

    /// <summary>The modules.</summary>
    public ModuleEnumerator Modules => new(new BootTagEnumerator(_tags));

    /// <summary>A copy of the ACPI root pointer: the newer one if there are both; empty if there is none.</summary>
    public ReadOnlySpan<byte> AcpiRootPointer
        => Find(BootTag.AcpiNewRootPointer, out ReadOnlySpan<byte> tag) || Find(BootTag.AcpiOldRootPointer, out tag) ? tag : default;

    /// <summary>The screen. False if there is none that the kernel could draw on.</summary>
    public bool TryGetFramebuffer(out FramebufferDescription framebuffer)
    {
        const int CommonBytes = 22;
        const int ColorFieldsEnd = 30;
        framebuffer = default;
        if (!Find(BootTag.Framebuffer, out ReadOnlySpan<byte> tag) || tag.Length < CommonBytes)
        {
            return false;
        }

        FramebufferKind kind = (FramebufferKind)tag[21];
        bool hasColors = kind == FramebufferKind.DirectColor && tag.Length >= ColorFieldsEnd;
        framebuffer = new FramebufferDescription(
            BinaryPrimitives.ReadUInt64LittleEndian(tag),
            BinaryPrimitives.ReadUInt32LittleEndian(tag[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(tag[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(tag[16..]),
            tag[20],
            kind,
            hasColors ? tag[24] : (byte)0,
            hasColors ? tag[26] : (byte)0,
            hasColors ? tag[28] : (byte)0);
        return kind == FramebufferKind.Text || hasColors;
    }

    private ReadOnlySpan<byte> Text(BootTag kind)
        => Find(kind, out ReadOnlySpan<byte> tag) ? CutAtZero(tag) : default;

    private bool Find(BootTag kind, out ReadOnlySpan<byte> content)
    {
        BootTagEnumerator tags = new(_tags);
        while (tags.MoveNext())
        {
            if (tags.Kind == kind)
            {
                content = tags.Content;
                return true;
            }
        }

        content = default;
        return false;
    }

    private static ReadOnlySpan<byte> CutAtZero(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Walks the tags; ends at the end tag or at the first that does not fit.</summary>
    internal ref struct BootTagEnumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal BootTagEnumerator(ReadOnlySpan<byte> tags)
        {
            _rest = tags;
            Kind = BootTag.End;
            Content = default;
        }

        /// <summary>Kind of the current tag.</summary>
        public BootTag Kind { get; private set; }

        /// <summary>Content of the current tag without its header.</summary>
        public ReadOnlySpan<byte> Content { get; private set; }

        /// <summary>Goes to the next tag.</summary>
        public bool MoveNext()
        {
            if (_rest.Length < HeaderBytes)
            {
                return false;
            }

            Kind = (BootTag)BinaryPrimitives.ReadUInt32LittleEndian(_rest);
            uint sizeBytes = BinaryPrimitives.ReadUInt32LittleEndian(_rest[4..]);
            if (Kind == BootTag.End || sizeBytes < HeaderBytes || sizeBytes > (uint)_rest.Length)
            {
                _rest = default;
                return false;
            }

            Content = _rest[HeaderBytes..(int)sizeBytes];

            // Tags begin at multiples of eight.
            int advance = (int)((sizeBytes + 7) & ~7u);
            _rest = advance < _rest.Length ? _rest[advance..] : default;
            return true;
        }
    }

    /// <summary>Walks the memory map.</summary>
    public ref struct MemoryMapEnumerator
    {
        private const int EntryBytes = 24;

        private readonly int _stride;
        private ReadOnlySpan<byte> _rest;

        internal MemoryMapEnumerator(ReadOnlySpan<byte> content)
        {
            uint stride = content.Length < 8 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(content);
            bool valid = stride >= EntryBytes && stride <= (uint)content.Length;
            _stride = valid ? (int)stride : 0;
            _rest = valid ? content[8..] : default;
            Current = default;
        }

        /// <summary>The current entry.</summary>
        public MemoryRegion Current { get; private set; }

        /// <summary>For <c>foreach</c>.</summary>
        public readonly MemoryMapEnumerator GetEnumerator() => this;

        /// <summary>Goes to the next entry that is not empty and does not wrap around.</summary>
        public bool MoveNext()
        {
            while (_rest.Length >= _stride && _stride != 0)
            {
                ulong start = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                ulong lengthBytes = BinaryPrimitives.ReadUInt64LittleEndian(_rest[8..]);
                MemoryRegionKind kind = (MemoryRegionKind)BinaryPrimitives.ReadUInt32LittleEndian(_rest[16..]);
                _rest = _rest[_stride..];
                if (lengthBytes != 0 && start + lengthBytes > start)
                {
                    Current = new MemoryRegion(new PhysicalRange(start, start + lengthBytes), kind);
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Walks the modules.</summary>
    public ref struct ModuleEnumerator
    {
        private BootTagEnumerator _tags;

        internal ModuleEnumerator(BootTagEnumerator tags)
        {
            _tags = tags;
            Current = default;
        }

        /// <summary>The current module.</summary>
        public BootModule Current { get; private set; }

        /// <summary>For <c>foreach</c>.</summary>
        public readonly ModuleEnumerator GetEnumerator() => this;

        /// <summary>Goes to the next module.</summary>
        public bool MoveNext()
        {
            while (_tags.MoveNext())
            {
                ReadOnlySpan<byte> content = _tags.Content;
                if (_tags.Kind == BootTag.Module && content.Length >= 8)
                {
                    uint start = BinaryPrimitives.ReadUInt32LittleEndian(content);
                    uint end = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
                    if (end >= start)
                    {
                        Current = new BootModule(new PhysicalRange(start, end), CutAtZero(content[8..]));
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
