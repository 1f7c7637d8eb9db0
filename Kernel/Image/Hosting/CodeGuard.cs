using System;
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
/// <param name="mend">Makes the code of an image as it was built, and returns how many bytes had changed.</param>
internal sealed class CodeGuard(Func<string, int> mend)
{
    private readonly Lock _sync = new();
    private readonly HashSet<string> _waiting = [];
    private readonly KernelSignal _work = new();
    private bool _isLooking;

    /// <summary>Has an image looked at soon.</summary>
    public void Request(string imageName)
    {
        lock (_sync)
        {
            _waiting.Add(imageName);
        }

        _work.Set();
    }

    /// <summary>Whether nothing is left to be looked at. What is looked at is held for so long, also if another image has replaced it.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_sync)
            {
                return !_isLooking && _waiting.Count == 0;
            }
        }
    }

    /// <summary>The thread that looks. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            _work.Wait(-1);
            while (TryTake(out string? imageName))
            {
                int bytes = mend(imageName);
                if (bytes != 0)
                {
                    Log.Write($"{imageName}: {bytes} bytes of its code had changed, and are as they were built again");
                }
            }
        }
    }

    private bool TryTake([NotNullWhen(true)] out string? imageName)
    {
        lock (_sync)
        {
            using HashSet<string>.Enumerator all = _waiting.GetEnumerator();
            imageName = all.MoveNext() ? all.Current : null;
            _isLooking = imageName is not null;
            return imageName is not null && _waiting.Remove(imageName);
        }
    }
}
