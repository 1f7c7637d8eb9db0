using System.Runtime;

namespace NooksOS.Image;

/// <summary>Where the boot code enters when the base library is initialised.</summary>
internal static class KernelEntry
{
    [RuntimeExport("KernelMain")]
    private static void Start()
    {
        Kernel kernel = new();
        kernel.BeforeRun();
        while (true)
        {
            kernel.Run();
        }
    }
}
