using System;
using NooksOS.Isolation;
using NooksOS.Isolation.Loading;
using NooksOS.Isolation.Verification;

namespace NooksOS.Image.Hosting;

/// <summary>An image as it was built: parsed and verified once, the source of every instance.</summary>
internal sealed class PristineImage
{
    private readonly string _name;

    private PristineImage(string name, LoadedImageLayout layout, SharedImagePages shared)
    {
        Shared = shared;
        _name = name;
        Layout = layout;
    }

    /// <summary>How it lies in its file and in memory.</summary>
    public LoadedImageLayout Layout { get; }

    /// <summary>Its code and constants, for every instance.</summary>
    public SharedImagePages Shared { get; }

    /// <summary>Its bytes. They lie in memory that no domain can write.</summary>
    public ReadOnlySpan<byte> File => ImageFiles.ReadImage(_name);

    /// <summary>Reads and verifies an image. Returns null and one line that says why it is refused.</summary>
    public static PristineImage? TryOpen(string name, ImageKind kind, out string? refusal)
        => TryOpen(name, ImageFiles.ReadImage(name), kind, out refusal);

    /// <summary>The same for an image that is not found by its name yet.</summary>
    public static PristineImage? TryOpen(string name, ReadOnlySpan<byte> file, ImageKind kind, out string? refusal)
    {
        if (file.IsEmpty)
        {
            refusal = $"there is no image {name}";
            return null;
        }

        if (!ImageParser.TryParse(file, kind, out LoadedImageLayout? layout, out ImageRefusal? problem))
        {
            refusal = $"the image {name} is refused: {problem}";
            return null;
        }

        problem = ImageVerifier.Verify(file, layout);
        if (problem is not null)
        {
            refusal = $"the image {name} is refused: {problem}";
            return null;
        }

        SharedImagePages? shared = SharedImagePages.TryCreate(file, layout);
        refusal = shared is null ? $"there is not enough memory for the image {name}" : null;
        return shared is null ? null : new PristineImage(name, layout, shared);
    }
}
