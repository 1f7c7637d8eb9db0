namespace NooksOS.Kernel.Memory;

/// <summary>How the pixels of the boot framebuffer are coded (Multiboot2 §3.6.12).</summary>
public enum FramebufferKind : byte
{
    /// <summary>An index into a palette.</summary>
    Indexed = 0,

    /// <summary>Red, green and blue in fields of the pixel.</summary>
    DirectColor = 1,

    /// <summary>Character and attribute, two bytes each.</summary>
    Text = 2,
}
