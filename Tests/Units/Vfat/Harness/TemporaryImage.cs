using System;
using System.IO;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>An image in a file, for programs of the host.</summary>
internal sealed class TemporaryImage : IDisposable
{
    public TemporaryImage(byte[] image)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, image);
    }

    public string Path { get; }

    public byte[] Read() => File.ReadAllBytes(Path);

    public void Dispose() => File.Delete(Path);
}
