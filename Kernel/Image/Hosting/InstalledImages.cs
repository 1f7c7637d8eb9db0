using System.Collections.Generic;
using System.IO;
using System.Threading;
using NooksOS.Files;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Commands;

namespace NooksOS.Image.Hosting;

/// <summary>Images that were taken from files on a disk.</summary>
internal sealed class InstalledImages(DomainHost host, FileSystem files) : IImageInstaller
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, string> _paths = [];

    /// <inheritdoc/>
    public void Install(string imageName, string path)
    {
        byte[] content;
        byte[]? identities;
        try
        {
            content = files.ReadAllBytes(path);
            string identitiesPath = Path.ChangeExtension(path, ImageFiles.IdentitiesSuffix);
            identities = files.Exists(identitiesPath) ? files.ReadAllBytes(identitiesPath) : null;
        }
        catch (IOException exception)
        {
            throw new CommandFailureException(exception.Message);
        }

        if (host.Images.Replace(imageName, content) is { } refusal)
        {
            throw new CommandFailureException(refusal);
        }

        if (identities is not null)
        {
            ImageFiles.TakeIdentities(imageName, identities);
        }

        lock (_sync)
        {
            _paths[imageName] = path;
        }
    }

    /// <inheritdoc/>
    public string? FindPath(string imageName)
    {
        lock (_sync)
        {
            return _paths.GetValueOrDefault(imageName);
        }
    }
}
