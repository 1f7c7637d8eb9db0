using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>Takes images of extensions from files.</summary>
public interface IImageInstaller
{
    /// <summary>
    /// Reads and verifies the image in a file. It is the one that instances are made from afterwards, also those that replace one
    /// that died; the instance that runs is not touched.
    /// </summary>
    /// <exception cref="CommandFailureException">There is no such file, or its image is refused: nothing was changed.</exception>
    void Install(string imageName, string path);

    /// <summary>The file that an image was taken from; null if it came with the system.</summary>
    string? FindPath(string imageName);
}
