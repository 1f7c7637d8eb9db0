using System;
using NooksOS.Isolation.Loading;
using NooksOS.Tools.Symbols;
using Xunit;

namespace NooksOS.Tests.Units.Loading;

public sealed class ImageParsing
{
    [Fact]
    public void AWholeImageIsUnderstood()
    {
        byte[] file = new TestImage().Build();

        Assert.True(ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out ImageRefusal? refusal), refusal?.ToString());

        Assert.Equal("demo", layout.Header.Name);
        Assert.Equal(0u, layout.Header.Entry);
        Assert.Equal(8u, layout.Header.ThrowHardwareException);
        Assert.Equal(new CodeRange(8, 0x10), layout.Header.HelperCode);
        Assert.Equal(0x10u, layout.Header.XpcReturn);
        Assert.Equal(0x20u, layout.Header.XpcCall);
        Assert.Equal(TestImage.DataOffset + 0x40, layout.Header.DomainBlock);
        Assert.Equal(TestImage.ManagedCodeStart, layout.Header.ManagedCode.Start);
        Assert.Equal(SegmentRights.ReadExecute, layout.Text.Rights);
        Assert.Equal(SegmentRights.Read, layout.Constants.Rights);
        Assert.Equal(SegmentRights.ReadWrite, layout.Data.Rights);
        Assert.Equal(0x6000u, layout.MemoryBytes);
    }

    [Fact]
    public void AnInstanceHoldsItsDataAndItsOwnAddresses()
    {
        const ulong LoadAddress = 0x80_0010_0000;
        byte[] file = new TestImage().Build();
        Assert.True(ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out _));
        byte[] memory = new byte[layout.Data.MappedBytes];

        ImageWriter.WriteData(file, layout, memory, LoadAddress);

        ReadOnlySpan<byte> data = memory;
        Assert.Equal(0xDA, data[0]);
        Assert.Equal(LoadAddress + 0x40, BitConverter.ToUInt64(data[0x10..]));
        Assert.Equal(LoadAddress + TestImage.DataOffset + 0x1000, BitConverter.ToUInt64(data[0x18..]));
        Assert.Equal(0ul, BitConverter.ToUInt64(data[0x20..]));
        Assert.Equal(LoadAddress + 0x6000, BitConverter.ToUInt64(data[0x28..]));
        Assert.False(data[0x200..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void ASealedImageIsAcceptedAndAnyChangeIsFound()
    {
        byte[] file = new TestImage().Build();
        ImageSeal.Apply(file, "demo.nx");
        Assert.NotEqual(0u, BitConverter.ToUInt32(file, TestImage.ConstantsFileOffset + 12));
        Assert.True(ImageParser.TryParse(file, ImageKind.Extension, out _, out _));

        file[TestImage.DataFileOffset + 5] ^= 0x10;

        Assert.False(ImageParser.TryParse(file, ImageKind.Extension, out _, out ImageRefusal? refusal));
        Assert.Equal(ImageRefusalReason.WrongChecksum, refusal.Reason);
    }

    [Fact]
    public void TheRefusalIsOneLineThatSaysWhere()
    {
        byte[] file = new TestImage().Build();
        TestImage.Put16(file, 18, 183);

        Assert.False(ImageParser.TryParse(file, ImageKind.Extension, out _, out ImageRefusal? refusal));

        Assert.Equal("the code is not for x86-64 (at 0x12)", refusal.ToString());
    }
}
