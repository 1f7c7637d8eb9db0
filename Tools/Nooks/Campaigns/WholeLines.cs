using System.IO;
using System.Text;

namespace NooksOS.Tool.Campaigns;

/// <summary>Adds lines to a file, each wholly or not at all: one that the disk has no room for does not become the beginning of the next.</summary>
/// <param name="file">The file, which keeps nothing back.</param>
internal sealed class WholeLines(Stream file)
{
    /// <summary>Adds a line and brings it to the disk.</summary>
    public void Add(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(bytes, 0, bytes.Length);
            (file as FileStream)?.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
    }
}
