using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using NooksOS.Kernel.Console;
using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Looks after the code that instances of an image share. Behind walls only a device can damage it, so nobody waits for the look:
/// it is taken after a restart, when nothing else is to be done, and mends the code of the instance that runs.
/// </summary>
internal sealed class CodeGuard
{
    private readonly Lock _sync = new();
    private readonly HashSet<PristineImage> _waiting = [];
    private readonly KernelSignal _work = new();

    /// <summary>Has an image looked at soon.</summary>
    public void Request(PristineImage image)
    {
        lock (_sync)
        {
            _waiting.Add(image);
        }

        _work.Set();
    }

    /// <summary>The thread that looks. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            _work.Wait(-1);
            while (TryTake(out PristineImage? image))
            {
                int bytes = image.Shared.RestorePristine(image.File);
                if (bytes != 0)
                {
                    Log.Write($"{image.Name}: {bytes} bytes of its code had changed, and are as they were built again");
                }
            }
        }
    }

    private bool TryTake([NotNullWhen(true)] out PristineImage? image)
    {
        lock (_sync)
        {
            using HashSet<PristineImage>.Enumerator all = _waiting.GetEnumerator();
            image = all.MoveNext() ? all.Current : null;
            return image is not null && _waiting.Remove(image);
        }
    }
}
