using System;
using NooksOS.Isolation.Loading;
using Xunit;
using static NooksOS.Isolation.Loading.ImageRefusalReason;

namespace NooksOS.Tests.Units.Loading;

public sealed class HostileImages
{
    private const int DynamicData = TestImage.DataFileOffset + TestImage.DynamicDataOffset;
    private const int ImageHeaderOffset = TestImage.ConstantsFileOffset;

    public static TheoryData<string, ImageRefusalReason> Cases()
    {
        TheoryData<string, ImageRefusalReason> cases = [];
        foreach ((string name, ImageRefusalReason reason, Action<byte[]> _) in s_cases)
        {
            cases.Add(name, reason);
        }

        return cases;
    }

    private static readonly (string Name, ImageRefusalReason Reason, Action<byte[]> Change)[] s_cases =
    [
        ("not ELF", NotElf, file => file[0] = 0),
        ("32-bit", NotElf, file => file[4] = 1),
        ("big-endian", NotElf, file => file[5] = 2),
        ("version 2", NotElf, file => file[6] = 2),
        ("another machine", WrongMachine, file => TestImage.Put16(file, 18, 40)),
        ("fixed address", NotPositionIndependent, file => TestImage.Put16(file, 16, 2)),
        ("no program headers", MalformedTable, file => TestImage.Put16(file, 56, 0)),
        ("too many program headers", MalformedTable, file => TestImage.Put16(file, 56, 60000)),
        ("short program headers", MalformedTable, file => TestImage.Put16(file, 54, 32)),
        ("program headers past the end", Truncated, file => TestImage.Put64(file, 32, 0x10000)),
        ("program headers at the end of the world", Truncated, file => TestImage.Put64(file, 32, ulong.MaxValue - 10)),
        ("interpreter", NeedsLinking, file => TestImage.Put32(file, TestImage.UnwindProgramHeader, 3)),
        ("thread-local storage", NeedsLinking, file => TestImage.Put32(file, TestImage.UnwindProgramHeader, 7)),
        ("segment past the end", SegmentOutsideFile, file => TestImage.Put64(file, TestImage.DataProgramHeader + 8, 0x8000)),
        ("segment wraps", SegmentOutsideFile, file => TestImage.Put64(file, TestImage.DataProgramHeader + 8, ulong.MaxValue - 0xFF)),
        ("more in the file than in memory", SegmentOutsideFile, file => TestImage.Put64(file, TestImage.DataProgramHeader + 40, 0x10)),
        ("writable code", WritableText, file => TestImage.Put32(file, TestImage.TextProgramHeader + 4, 7)),
        ("executable data", WritableText, file => TestImage.Put32(file, TestImage.DataProgramHeader + 4, 7)),
        ("second code segment", WrongSegments, file => TestImage.Put32(file, TestImage.ConstantsProgramHeader + 4, 5)),
        ("no data segment", WrongSegments, file => TestImage.Put32(file, TestImage.DataProgramHeader, 0)),
        ("execute only", WrongSegments, file => TestImage.Put32(file, TestImage.TextProgramHeader + 4, 1)),
        ("code that is not in the file", WrongSegments, file => TestImage.Put64(file, TestImage.TextProgramHeader + 40, 0x1800)),
        ("not on a page", MalformedTable, file => TestImage.Put64(file, TestImage.DataProgramHeader + 16, 0x4008)),
        ("overlapping segments", OverlappingSegments, file => TestImage.Put64(file, TestImage.DataProgramHeader + 16, 0x2000)),
        ("too large", TooLarge, file => TestImage.Put64(file, TestImage.DataProgramHeader + 40, 0x8000000)),
        ("too high", TooLarge, file => TestImage.Put64(file, TestImage.DataProgramHeader + 16, 0xFFFF_8000_0000_0000)),
        ("no image header", NoHeader, file => file[ImageHeaderOffset] = 0),
        ("short image header", NoHeader, file => TestImage.Put32(file, ImageHeaderOffset + 8, 64)),
        ("constants without room for a header", NoHeader, file =>
        {
            TestImage.Put64(file, TestImage.ConstantsProgramHeader + 32, 64);
            TestImage.Put32(file, TestImage.UnwindProgramHeader, 0);
        }),
        ("newer interface", WrongAbiVersion, file => TestImage.Put16(file, ImageHeaderOffset + 4, 2)),
        ("process", WrongKind, file => TestImage.Put16(file, ImageHeaderOffset + 6, 2)),
        ("unknown kind", WrongKind, file => TestImage.Put16(file, ImageHeaderOffset + 6, 99)),
        ("wrong checksum", WrongChecksum, file => TestImage.Put32(file, ImageHeaderOffset + 12, 0x12345678)),
        ("empty name", NameNotText, file => file.AsSpan(ImageHeaderOffset + 64, 32).Clear()),
        ("control character in the name", NameNotText, file => file[ImageHeaderOffset + 65] = 27),
        ("bytes after the name", NameNotText, file => file[ImageHeaderOffset + 90] = (byte)'x'),
        ("entry in the data", EntryOutsideText, file => TestImage.PutReference(file, 16, TestImage.DataOffset)),
        ("ELF entry in the data", EntryOutsideText, file => TestImage.Put64(file, 24, TestImage.DataOffset)),
        ("entry before the image", EntryOutsideText, file => TestImage.Put32(file, ImageHeaderOffset + 16, 0x80000000)),
        ("handler outside the code", ReferenceOutsideImage, file => TestImage.PutReference(file, 20, 0x1F00)),
        ("managed code ends before it starts", ReferenceOutsideImage, file => TestImage.PutReference(file, 28, 0x20)),
        ("helpers outside the code", ReferenceOutsideImage, file => TestImage.PutReference(file, 36, 0x5000)),
        ("return stub outside the code", ReferenceOutsideImage, file => TestImage.PutReference(file, 40, 0x5000)),
        ("call stub outside the code", ReferenceOutsideImage, file => TestImage.PutReference(file, 44, 0x5000)),
        ("block past the data", ReferenceOutsideImage, file => TestImage.PutReference(file, 48, TestImage.DataOffset + 0x17D0)),
        ("block in the constants", ReferenceOutsideImage, file => TestImage.PutReference(file, 48, TestImage.ConstantsOffset)),
        ("library wanted", NeedsLinking, file => TestImage.Put64(file, DynamicData + 32, 1)),
        ("initialiser", NeedsLinking, file => TestImage.Put64(file, DynamicData + 32, 12)),
        ("relocations of code", NeedsLinking, file => TestImage.Put64(file, DynamicData + 32, 22)),
        ("relocations by name", NeedsLinking, file => TestImage.Put64(file, DynamicData + 32, 2)),
        ("relocation entries of another size", MalformedTable, file => TestImage.Put64(file, DynamicData + 40, 16)),
        ("part of a relocation", MalformedTable, file => TestImage.Put64(file, DynamicData + 24, 17)),
        ("relocations of the long form", RelocationType, file =>
        {
            TestImage.Put64(file, DynamicData + 32, 8);
            TestImage.Put64(file, DynamicData + 40, 24);
        }),
        ("relocation table outside the image", ReferenceOutsideImage, file => TestImage.Put64(file, DynamicData + 8, 0x40000)),
        ("relocation table wraps", ReferenceOutsideImage, file => TestImage.Put64(file, DynamicData + 8, ulong.MaxValue - 8)),
        ("relocation table too long", ReferenceOutsideImage, file => TestImage.Put64(file, DynamicData + 24, 8 * 0x100000)),
        ("unwind table in the data", MalformedUnwindTable, file => TestImage.Put64(file, TestImage.UnwindProgramHeader + 16, TestImage.DataOffset)),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsRefused(string name, ImageRefusalReason reason)
    {
        byte[] file = new TestImage().Build();
        Array.Find(s_cases, one => one.Name == name).Change(file);

        Assert.False(ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out ImageRefusal? refusal));

        Assert.Null(layout);
        Assert.Equal(reason, refusal.Reason);
        Assert.DoesNotContain('\n', refusal.ToString());
    }

    [Theory]
    [InlineData(0x40ul, RelocationOutsideData)]
    [InlineData(0x2010ul, RelocationOutsideData)]
    [InlineData(0x4200ul, RelocationOutsideData)]
    [InlineData(0x57F8ul, RelocationOutsideData)]
    [InlineData(0x6000ul, RelocationOutsideData)]
    [InlineData(0xFFFFFFFFFFFFFFF8ul, RelocationOutsideData)]
    [InlineData(0x4044ul, MalformedTable)]
    [InlineData(0xFFFFFFFFFFFFFFFCul, MalformedTable)]
    public void ARelocationIsRefused(ulong place, ImageRefusalReason reason)
    {
        TestImage image = new();
        image.Relocations.Clear();
        image.Relocations.Add(place);

        AssertRefused(image, 0, reason);
    }

    [Theory]
    [InlineData(0x6001ul)]
    [InlineData(0xFFFFFFFF80000000ul)]
    public void AnAddressOutsideTheImageIsRefused(ulong target)
    {
        TestImage image = new();
        image.Addresses[0x28] = target;

        AssertRefused(image, 1, RelocationTargetOutsideImage);
    }

    [Fact]
    public void ABitmapWithoutAPlaceIsRefused()
    {
        TestImage image = new();
        image.Relocations.RemoveAt(0);

        AssertRefused(image, 0, MalformedTable);
    }

    [Fact]
    public void AWordThatIsRelocatedTwiceIsRefused()
    {
        TestImage image = new();
        image.Relocations.Add(TestImage.DataOffset + 0x28);

        AssertRefused(image, 2, MalformedTable);
    }

    [Fact]
    public void ABitmapThatLeavesTheDataIsRefused()
    {
        TestImage image = new();
        image.Relocations.Add(1);
        image.Relocations.Add(ulong.MaxValue);

        AssertRefused(image, 3, RelocationOutsideData);
    }

    [Fact]
    public void ARelocationOfTheLastWordIsAccepted()
    {
        TestImage image = new();
        image.Relocations.Clear();
        image.Relocations.Add(TestImage.DataOffset + 0x1F8);
        image.Addresses[0x1F8] = 0x6000;

        Assert.True(ImageParser.TryParse(image.Build(), ImageKind.Extension, out _, out _));
    }

    private static void AssertRefused(TestImage image, int entry, ImageRefusalReason reason)
    {
        Assert.False(ImageParser.TryParse(image.Build(), ImageKind.Extension, out _, out ImageRefusal? refusal));
        Assert.Equal(reason, refusal.Reason);
        Assert.Equal((ulong)(TestImage.ConstantsFileOffset + TestImage.RelocationTableOffset + (8 * entry)), refusal.Offset);
    }
}
