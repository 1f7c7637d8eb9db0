using System;

namespace NooksOS.Kernel.Memory;

/// <summary>A file that the boot loader has put into memory.</summary>
public readonly ref struct BootModule
{
    /// <summary>A module at a range, with the text that the boot loader was given for it.</summary>
    public BootModule(PhysicalRange range, ReadOnlySpan<byte> text)
    {
        Range = range;
        Text = text;
    }

    /// <summary>Where it lies.</summary>
    public PhysicalRange Range { get; }

    /// <summary>The text after the file name in the boot loader's configuration.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The first word of the text.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            int space = Text.IndexOf((byte)' ');
            return space < 0 ? Text : Text[..space];
        }
    }
}
