using System.Globalization;
using System.Linq;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Lists the PCI functions.</summary>
internal sealed class PciCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "pci",
        Summary = "PCI functions and what they answer",
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        Table table = new(
            new("ADDRESS", "address"), new("VENDOR", "vendor"), new("DEVICE", "device"), new("CLASS", "class"), new("LINE", "interruptLine"), new("DMA", "dma"), new("RESOURCES", "resources"));
        foreach (PciDevice device in Hardware.PciDevices)
        {
            table.Add(
                device.Address.ToString(),
                Hex(device.VendorId),
                Hex(device.DeviceId),
                string.Create(CultureInfo.InvariantCulture, $"{device.BaseClass:x2}{device.Subclass:x2}{device.ProgrammingInterface:x2}"),
                device.InterruptPin == 0 ? null : device.InterruptLine,
                DmaRemapping.Describe(device),
                string.Join(' ', device.Bars.Select(Describe)));
        }

        context.Print(table);
        return ExitCode.Success;
    }

    private static string Hex(ushort value) => value.ToString("x4", CultureInfo.InvariantCulture);

    private static string Describe(PciBar bar)
        => string.Create(CultureInfo.InvariantCulture, $"{(bar.IsIo ? "io" : "mem")}{bar.Index}={bar.Address:x}+{bar.LengthBytes:x}");
}
