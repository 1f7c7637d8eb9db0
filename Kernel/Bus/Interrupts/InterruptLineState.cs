namespace NooksOS.Kernel.Bus.Interrupts;

/// <summary>Who is called for an input. Plain memory: the interrupt handler reads it.</summary>
internal unsafe struct InterruptLineState
{
    /// <summary>Called with the line and the context, with interrupts off. Null while nobody has the line.</summary>
    public delegate*<uint, void*, void> Handler;

    /// <summary>Handed to the handler.</summary>
    public void* Context;

    /// <summary>How often it was asserted.</summary>
    public ulong Count;
}
