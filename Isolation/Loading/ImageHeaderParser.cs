using System;
using System.Buffers.Binary;
using System.Text;

namespace NooksOS.Isolation.Loading;

/// <summary>Reads the image header, which the linker script puts at the very start of the constants.</summary>
internal static class ImageHeaderParser
{
    public static ImageRefusal? Read(ReadOnlySpan<byte> file, ImageKind kind, in ImageSegments segments, ref ImageHeader? header)
    {
        int fileOffset = segments.Constants.FileOffset;
        if (segments.Constants.FileBytes < ImageHeader.LengthBytes)
        {
            return new ImageRefusal(ImageRefusalReason.NoHeader, (ulong)fileOffset, "the constants are too short for an image header");
        }

        ReadOnlySpan<byte> bytes = file.Slice(fileOffset, ImageHeader.LengthBytes);
        return CheckIdentity(file, bytes, kind, fileOffset) ?? ReadReferences(bytes, kind, segments, ref header);
    }

    private static ImageRefusal? CheckIdentity(ReadOnlySpan<byte> file, ReadOnlySpan<byte> bytes, ImageKind kind, int fileOffset)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ImageHeader.Magic)
        {
            return new ImageRefusal(ImageRefusalReason.NoHeader, (ulong)fileOffset, "the constants do not begin with an image header");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[ImageHeader.AbiVersionField..]);
        if (version != ImageHeader.AbiVersion)
        {
            return new ImageRefusal(
                ImageRefusalReason.WrongAbiVersion,
                (ulong)(fileOffset + ImageHeader.AbiVersionField),
                $"the image is for version {version} of the binary interface, the kernel has version {ImageHeader.AbiVersion}");
        }

        ImageKind found = (ImageKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[ImageHeader.KindField..]);
        if (found != kind)
        {
            return new ImageRefusal(
                ImageRefusalReason.WrongKind, (ulong)(fileOffset + ImageHeader.KindField), $"the image is {Describe(found)}, not {Describe(kind)}");
        }

        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ImageHeader.LengthField..]);
        if (lengthBytes != ImageHeader.LengthBytes)
        {
            return new ImageRefusal(
                ImageRefusalReason.NoHeader, (ulong)(fileOffset + ImageHeader.LengthField), $"an image header of {lengthBytes} bytes is impossible");
        }

        int checksumOffset = fileOffset + ImageHeader.ChecksumField;
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ImageHeader.ChecksumField..]);
        return checksum != 0 && checksum != ImageChecksum.Compute(file, checksumOffset)
            ? new ImageRefusal(ImageRefusalReason.WrongChecksum, (ulong)checksumOffset, "the file is damaged: its checksum is wrong")
            : null;
    }

    private static ImageRefusal? ReadReferences(
        ReadOnlySpan<byte> bytes, ImageKind kind, in ImageSegments segments, ref ImageHeader? header)
    {
        References references = new(bytes, segments.Constants.ImageOffset);
        ImageSegment text = segments.Text;
        uint entry = references.Resolve(ImageHeader.EntryField, text, 1, ImageRefusalReason.EntryOutsideText);
        uint throwHardwareException = references.Resolve(ImageHeader.ThrowHardwareExceptionField, text, 1);
        CodeRange managedCode = references.ResolveRange(ImageHeader.ManagedCodeField, text);
        CodeRange helperCode = references.ResolveRange(ImageHeader.HelperCodeField, text);
        uint xpcReturn = references.Resolve(ImageHeader.XpcReturnField, text, 1);
        uint xpcCall = references.Resolve(ImageHeader.XpcCallField, text, 1);
        uint domainBlock = references.Resolve(ImageHeader.DomainBlockField, segments.Data, ImageHeader.DomainBlockBytes);
        CodeRange wholeText = references.ResolveRange(ImageHeader.TextField, text);
        string name = string.Empty;
        ImageRefusal? refusal = references.Refusal ?? ReadName(bytes, segments.Constants.FileOffset, ref name);
        if (refusal is not null)
        {
            return refusal;
        }

        header = new ImageHeader
        {
            Name = name,
            Kind = kind,
            Entry = entry,
            ThrowHardwareException = throwHardwareException,
            ManagedCode = managedCode,
            HelperCode = helperCode,
            XpcReturn = xpcReturn,
            XpcCall = xpcCall,
            DomainBlock = domainBlock,
            Text = wholeText,
        };
        return null;
    }

    private static ImageRefusal? ReadName(ReadOnlySpan<byte> bytes, int fileOffset, ref string name)
    {
        ReadOnlySpan<byte> field = bytes[ImageHeader.NameField..];
        int end = field.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? field : field[..end];
        bool rightAfter = !field[text.Length..].ContainsAnyExcept((byte)0);
        if (text.IsEmpty || !rightAfter || text.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return new ImageRefusal(
                ImageRefusalReason.NameNotText, (ulong)(fileOffset + ImageHeader.NameField), "the name of the image is not text");
        }

        name = Encoding.ASCII.GetString(text);
        return null;
    }

    private static string Describe(ImageKind kind) => kind switch
    {
        ImageKind.Kernel => "a kernel",
        ImageKind.Extension => "an extension",
        ImageKind.Process => "a process",
        _ => $"of unknown kind {(ushort)kind}",
    };

    /// <summary>Resolves references, each relative to its own field, and remembers the first wrong one.</summary>
    private ref struct References(ReadOnlySpan<byte> header, uint headerImageOffset)
    {
        private readonly ReadOnlySpan<byte> _header = header;

        public ImageRefusal? Refusal { get; private set; }

        public uint Resolve(
            int field, in ImageSegment segment, uint lengthBytes, ImageRefusalReason reason = ImageRefusalReason.ReferenceOutsideImage)
        {
            ulong fieldOffset = headerImageOffset + (uint)field;
            ulong target = fieldOffset + (ulong)BinaryPrimitives.ReadInt32LittleEndian(_header[field..]);
            if (segment.Holds(target, lengthBytes))
            {
                return (uint)target;
            }

            Refusal ??= new ImageRefusal(
                reason,
                fieldOffset,
                reason == ImageRefusalReason.EntryOutsideText
                    ? "the image would start outside its code"
                    : $"field {field} of the image header points outside its segment");
            return 0;
        }

        public CodeRange ResolveRange(int field, in ImageSegment segment)
        {
            uint start = Resolve(field, segment, 0);
            uint end = Resolve(field + sizeof(int), segment, 0);
            if (end < start)
            {
                Refusal ??= new ImageRefusal(
                    ImageRefusalReason.ReferenceOutsideImage,
                    headerImageOffset + (uint)field,
                    $"the range in field {field} of the image header ends before it starts");
                return default;
            }

            return new CodeRange(start, end);
        }
    }
}
