using System;
using System.Collections.Generic;
using System.IO;
using NooksOS.Isolation.Loading;
using NooksOS.Isolation.Verification;
using Xunit;

namespace NooksOS.Tests.Units.Loading;

/// <summary>Whatever the bytes are, the answer is a layout or a refusal, never an exception.</summary>
public sealed class DamagedImages
{
    private const int Mutations = 100_000;

    [Fact]
    public void AnImageCutAtAnyLengthIsRefused()
    {
        byte[] file = new TestImage().Build();
        int last = TestImage.DataFileOffset + 0x200;
        for (int length = 0; length < last; length++)
        {
            Assert.False(ImageParser.TryParse(file.AsSpan(0, length), ImageKind.Extension, out _, out ImageRefusal? refusal));
            Assert.True(refusal.Reason is ImageRefusalReason.Truncated or ImageRefusalReason.SegmentOutsideFile, refusal.ToString());
        }
    }

    [Fact]
    public void AnyChangeOfASmallImageIsSurvived()
    {
        byte[] pristine = new TestImage().Build();
        int[] places =
        [
            .. Places(0, TestImage.UnwindProgramHeader + 56),
            .. Places(TestImage.TextFileOffset, 0x44),
            .. Places(TestImage.ConstantsFileOffset, 96),
            .. Places(TestImage.ConstantsFileOffset + TestImage.UnwindTableOffset, 20),
            .. Places(TestImage.ConstantsFileOffset + TestImage.FirstFunctionDescription, 16),
            .. Places(TestImage.ConstantsFileOffset + TestImage.RelocationTableOffset, 16),
            .. Places(TestImage.DataFileOffset + TestImage.DynamicDataOffset, 0x40),
        ];

        int accepted = Mutate(pristine, places, Mutations, verifyToo: true);

        Assert.InRange(accepted, 1, Mutations / 2);
    }

    [Fact]
    public void AnyChangeOfTheTablesOfARealImageIsSurvived()
    {
        foreach (string path in RealImages.Find())
        {
            byte[] pristine = File.ReadAllBytes(path);
            Mutate(pristine, [.. Places(0, 64 + (5 * 56))], Mutations / 20, verifyToo: false);
        }
    }

    [Fact]
    public void RealImagesAreAccepted()
    {
        foreach (string path in RealImages.Find())
        {
            byte[] file = File.ReadAllBytes(path);
            if (!ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out ImageRefusal? refusal))
            {
                Assert.True(ImageParser.TryParse(file, ImageKind.Process, out layout, out refusal), $"{path}: {refusal}");
            }

            refusal = ImageVerifier.Verify(file, layout);
            Assert.True(refusal is null, $"{path}: {refusal}");
        }
    }

    private static IEnumerable<int> Places(int start, int length)
    {
        for (int place = start; place < start + length; place++)
        {
            yield return place;
        }
    }

    private static int Mutate(byte[] pristine, int[] places, int count, bool verifyToo)
    {
        Random random = new(20031);
        byte[] file = (byte[])pristine.Clone();
        byte[] interesting = [0, 1, 0x7F, 0x80, 0xFF];
        int[] buffer = new int[3];
        int accepted = 0;
        for (int round = 0; round < count; round++)
        {
            Span<int> changed = buffer.AsSpan(0, random.Next(1, buffer.Length + 1));
            foreach (ref int place in changed)
            {
                place = places[random.Next(places.Length)];
                file[place] = random.Next(2) == 0 ? interesting[random.Next(interesting.Length)] : (byte)random.Next(256);
            }

            bool parsed = ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out ImageRefusal? refusal);
            Assert.Equal(parsed, refusal is null);
            if (parsed && (!verifyToo || ImageVerifier.Verify(file, layout!) is null))
            {
                accepted++;
                Assert.InRange(layout!.MemoryBytes, 1u, LoadedImageLayout.HighestMemoryBytes);
                if (layout.MemoryBytes <= 0x10000)
                {
                    ImageWriter.WriteData(file, layout, new byte[layout.Data.MappedBytes], 0x80_0010_0000);
                }
            }

            foreach (int place in changed)
            {
                file[place] = pristine[place];
            }
        }

        return accepted;
    }
}
