using System.Globalization;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>dma</c>: whether devices are kept from memory, and what they were kept from.</summary>
internal sealed class DmaCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "dma",
        Summary = "whether devices are kept from memory that is not theirs, and what was blocked",
        Options = [CommandOption.Json],
        Details = "Which devices are fenced `pci` says. ISA devices are not: the kernel alone programs their channels.",
    };

    public int Run(ShellContext context)
    {
        DmaFaultRecord last = DmaFaults.LastOfNobody;
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject()
                .Property("fenced", DmaRemapping.IsEnabled)
                .Property("state", DmaRemapping.State)
                .Property("blockedOfDomains", (long)DmaFaults.OfDomains)
                .Property("blockedOfNobody", (long)DmaFaults.OfNobody)
                .Property("overflows", (long)DmaRemapping.CountOverflows())
                .EndObject();
            context.Output.WriteLine(json.ToString());
            return ExitCode.Success;
        }

        context.Output.WriteLine(DmaRemapping.State);
        if (DmaRemapping.IsEnabled)
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"blocked accesses: {DmaFaults.OfDomains} of drivers' devices, {DmaFaults.OfNobody} of devices that nobody has"));
            if (DmaFaults.OfNobody != 0)
            {
                context.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"the last of those: {last.SourceAddress} at 0x{last.PageAddress:x}"));
            }
        }

        return ExitCode.Success;
    }
}
