using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Isolation;
using NooksOS.Isolation.Loading;

namespace NooksOS.Image.Hosting;

/// <summary>The images that were read and verified, by name.</summary>
internal sealed class ImageLibrary
{
    private readonly Lock _sync = new();
    private readonly Lock _opening = new();
    private readonly Dictionary<string, PristineImage> _images = [];

    /// <summary>An image that was opened before, or null.</summary>
    public PristineImage? Find(string imageName)
    {
        lock (_sync)
        {
            return _images.GetValueOrDefault(imageName);
        }
    }

    /// <summary>An image, read and verified if nobody did so before. Null, and one line that says why it is refused.</summary>
    public PristineImage? Open(string imageName, bool isProcess, out string? refusal)
    {
        lock (_opening)
        {
            refusal = null;
            if (!_images.TryGetValue(imageName, out PristineImage? image))
            {
                image = PristineImage.TryOpen(imageName, isProcess ? ImageKind.Process : ImageKind.Extension, out refusal);
                if (image is not null)
                {
                    lock (_sync)
                    {
                        _images.Add(imageName, image);
                    }
                }
            }

            return image;
        }
    }

    /// <summary>
    /// Loads an image into a fresh domain. As one step: an image that is replaced between being opened and being loaded would be loaded
    /// from the bytes of another.
    /// </summary>
    /// <returns>The image, or null and one line that says why it is not loaded; then the domain has to be freed.</returns>
    public PristineImage? Load(Domain instance, string imageName, bool isProcess, out string? error)
    {
        lock (_opening)
        {
            if (Open(imageName, isProcess, out error) is not { } image)
            {
                return null;
            }

            error = DomainLoader.TryLoad(instance, image.File, image.Layout, image.Shared);
            return error is null ? image : null;
        }
    }

    /// <summary>
    /// Takes an image in the place of any other of that name; instances that run are not touched. Returns null, or why it is refused.
    /// </summary>
    public string? Replace(string imageName, byte[] content)
    {
        PristineImage? image = PristineImage.TryOpen(imageName, content, ImageKind.Extension, out string? refusal);
        if (image is not null)
        {
            lock (_opening)
            {
                lock (_sync)
                {
                    ImageFiles.Take(imageName, content);
                    _images.Remove(imageName, out PristineImage? replaced);
                    _images.Add(imageName, image);
                    replaced?.Shared.Release();
                }
            }
        }

        return refusal;
    }

    /// <summary>Makes the code that instances of an image share as it was built. Returns how many bytes had changed.</summary>
    public int Mend(string imageName)
    {
        PristineImage? image;
        ReadOnlySpan<byte> file;
        lock (_sync)
        {
            if (!_images.TryGetValue(imageName, out image))
            {
                return 0;
            }

            file = image.File;
            image.Shared.Hold();
        }

        int bytes = image.Shared.RestorePristine(file);
        image.Shared.Release();
        return bytes;
    }
}
