using NooksOS.Isolation;

namespace NooksOS.Image.Hosting;

/// <summary>Changes the protection of running instances.</summary>
internal static class BackEndSwitch
{
    private const int Attempts = 500;
    private const long RetryNanoseconds = 1_000_000;

    /// <summary>Changes it as soon as nobody is inside. False if that does not come to pass.</summary>
    public static bool TrySwitch(Domain instance, ProtectionBackEnd backEnd, KernelClock clock)
    {
        for (int attempt = 0; attempt < Attempts && instance.IsAlive; attempt++)
        {
            if (instance.TrySetBackEnd(backEnd))
            {
                return true;
            }

            clock.Sleep(RetryNanoseconds);
        }

        return false;
    }
}
