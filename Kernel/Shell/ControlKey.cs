namespace NooksOS.Kernel.Shell;

/// <summary>Bytes that a terminal sends for keys that are not characters.</summary>
internal static class ControlKey
{
    /// <summary>Ctrl-A.</summary>
    public const byte ToStart = 0x01;

    /// <summary>Ctrl-C.</summary>
    public const byte Interrupt = 0x03;

    /// <summary>Ctrl-E.</summary>
    public const byte ToEnd = 0x05;

    /// <summary>Ctrl-H.</summary>
    public const byte Backspace = 0x08;

    /// <summary>Ctrl-K.</summary>
    public const byte KillToEnd = 0x0B;

    /// <summary>Ctrl-L.</summary>
    public const byte ClearScreen = 0x0C;

    /// <summary>Ctrl-U.</summary>
    public const byte KillLine = 0x15;

    /// <summary>Ctrl-W.</summary>
    public const byte KillWord = 0x17;

    /// <summary>The escape key, and the first byte of a sequence.</summary>
    public const byte Escape = 0x1B;

    /// <summary>What the backspace key sends on most terminals.</summary>
    public const byte Delete = 0x7F;
}
