namespace NooksOS.Tool.Options;

/// <summary>What starts the boot loader.</summary>
public enum Firmware
{
    /// <summary>A PC BIOS (SeaBIOS).</summary>
    Bios,

    /// <summary>UEFI (OVMF).</summary>
    Uefi,
}
