using System;
using System.Collections.Generic;
using System.IO;
using NooksOS.Isolation.Injection;
using NooksOS.Isolation.Loading;
using NooksOS.Tests.Units.Loading;

namespace NooksOS.Tests.Units.Injection;

/// <summary>A built image with all its functions as the scope of faults.</summary>
internal sealed record ImageFunctions(string Name, byte[] File, LoadedImageLayout Layout, InjectionScope Scope)
{
    /// <summary>All images that the build has made.</summary>
    public static IEnumerable<ImageFunctions> All()
    {
        foreach (string path in RealImages.Find())
        {
            byte[] file = System.IO.File.ReadAllBytes(path);
            bool parsed = ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out _)
                || ImageParser.TryParse(file, ImageKind.Process, out layout, out _);
            if (parsed)
            {
                yield return new ImageFunctions(
                    Path.GetFileNameWithoutExtension(path), file, layout!, InjectionScope.Collect(file, layout!, _ => true));
            }
        }
    }

    /// <summary>The bytes of a range of the code.</summary>
    public ReadOnlySpan<byte> Bytes(uint imageOffset, int lengthBytes)
        => File.AsSpan(Layout.Text.FileOffset + (int)(imageOffset - Layout.Text.ImageOffset), lengthBytes);

    /// <summary>Decodes one of its functions.</summary>
    public FunctionCode Decode(CodeRange function) => FunctionCode.Decode(Bytes(function.Start, (int)function.LengthBytes), function);
}
