using System;
using NooksOS.Isolation.Loading;

namespace NooksOS.Isolation.Verification;

/// <summary>
/// Decodes every instruction of an image and refuses it if one is privileged or is something that no compiled extension holds,
/// if there is code outside its functions, or if a direct branch goes anywhere but to an instruction of the image.
/// </summary>
/// <remarks>
/// Depends on the pristine file only, so it is done once for each and not at a restart. It finds broken and careless
/// images; a hostile one can still reach the middle of an instruction through a pointer, which is why protection rests on the
/// page tables and not on this.
/// </remarks>
public static class ImageVerifier
{
    /// <summary>Verifies the code of a parsed image.</summary>
    /// <param name="file">The file that the layout was made from.</param>
    /// <param name="layout">Its layout.</param>
    /// <returns>The first violation, or null if there is none.</returns>
    public static ImageRefusal? Verify(ReadOnlySpan<byte> file, LoadedImageLayout layout)
    {
        FunctionTable functions = default;
        ImageRefusal? refusal = FunctionTable.Read(file, layout, ref functions);
        if (refusal is not null)
        {
            return refusal;
        }

        CodeScan scan = new(layout);
        ReadOnlySpan<byte> text = LoadedImageLayout.Contents(file, layout.Text);
        uint cursor = layout.Text.ImageOffset;
        for (int index = 0; index < functions.Count; index++)
        {
            if (!functions.TryGet(index, out CodeRange function)
                || function.Start < cursor
                || function.LengthBytes == 0
                || !layout.Text.Holds(function.Start, function.LengthBytes))
            {
                return new ImageRefusal(
                    ImageRefusalReason.MalformedUnwindTable,
                    layout.UnwindTable.Start,
                    $"function {index} of the table of functions is malformed");
            }

            refusal = VerifyGap(scan, text, layout, new CodeRange(cursor, function.Start)) ?? scan.VerifyCode(text, function);
            if (refusal is not null)
            {
                return refusal;
            }

            cursor = function.End;
        }

        uint textEnd = layout.Text.ImageOffset + layout.Text.MemoryBytes;
        return VerifyGap(scan, text, layout, new CodeRange(cursor, textEnd)) ?? scan.VerifyBranches(text);
    }

    /// <summary>
    /// Between functions there is padding only. The part before managed code is the assembly of the runtime, which has no table:
    /// it is decoded from its start to its end.
    /// </summary>
    private static ImageRefusal? VerifyGap(CodeScan scan, ReadOnlySpan<byte> text, LoadedImageLayout layout, CodeRange gap)
    {
        uint assemblyEnd = Math.Clamp(layout.Header.ManagedCode.Start, gap.Start, gap.End);
        return scan.VerifyCode(text, gap with { End = assemblyEnd }) ?? scan.VerifyPadding(text, gap with { Start = assemblyEnd });
    }
}
