using NooksOS.Tool.Links;

namespace NooksOS.Tool.Machines;

/// <summary>What a machine's ports are connected to on the host.</summary>
public sealed record MachineWiring
{
    /// <summary>The bootable image.</summary>
    public required string IsoFile { get; init; }

    /// <summary>Where the first serial port's output goes; null connects it to this terminal.</summary>
    public string? ConsoleLogFile { get; init; }

    /// <summary>A socket that somebody listens on, for the second serial port; null leaves the port unconnected.</summary>
    public string? ControlSocket { get; init; }

    /// <summary>A socket that somebody listens on, for QEMU's own control protocol.</summary>
    public string? MonitorSocket { get; init; }

    /// <summary>Sockets that a relay listens on, for the frames of the network card; null lets them pass without.</summary>
    public RelaySockets? Relay { get; init; }

    /// <summary>The UEFI firmware's code; null boots by BIOS.</summary>
    public string? UefiCodeFile { get; init; }

    /// <summary>A copy of the UEFI firmware's variables that this machine may write.</summary>
    public string? UefiVariablesFile { get; init; }

    /// <summary>The state of an equal machine, which it begins with instead of booting; null boots.</summary>
    public string? StateFile { get; init; }

    /// <summary>QEMU's display, such as "gtk"; "none" leaves the serial port as the only console.</summary>
    public string Display { get; init; } = "none";
}
