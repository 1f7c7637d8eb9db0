using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Building;

/// <summary>Keeps two runs of the tool from building at the same time. The operating system releases it when the process ends, however it ends.</summary>
public sealed class BuildLock : IDisposable
{
    /// <summary>EAGAIN, by which Linux says that a lock is taken.</summary>
    private const int HeldBySomebodyElse = 11;

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private BuildLock(FileStream file)
    {
        _file = file;
    }

    /// <summary>Waits until nobody else holds the lock, and takes it.</summary>
    public static async Task<BuildLock> TakeAsync(string path, CancellationToken cancellation)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                return new BuildLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException failure) when (IsHeldBySomebodyElse(failure))
            {
                if (!told)
                {
                    Progress.Say("Waiting for another build to end");
                }
            }

            await Task.Delay(s_pollInterval, cancellation);
        }
    }

    /// <summary>Whether a file could not be opened because another process has it for itself.</summary>
    public static bool IsHeldBySomebodyElse(IOException failure) => failure.HResult == HeldBySomebodyElse;

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
