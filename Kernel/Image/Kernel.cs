using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Startup;

namespace NooksOS.Image;

/// <summary>The kernel's composition root: what exists, in the order in which it comes to life.</summary>
public sealed class Kernel
{
    /// <summary>Brings everything up that runs without being asked.</summary>
    public void BeforeRun()
    {
        ProcessorStartup.StartTime();
        RealTimeClock.Initialize();
        Hardware.FindDevices();
        Log.Write($"{Hardware.PciDevices.Count} PCI functions");
    }

    /// <summary>Serves the console.</summary>
    public void Run()
    {
        System.Threading.Thread.Sleep(1000);
        Log.Write("tick");
    }
}
