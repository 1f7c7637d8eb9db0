using System;

namespace NooksOS.Kernel.Bus.Pci;

/// <summary>Bits of the command register (PCI Local Bus 3.0 §6.2.2).</summary>
[Flags]
public enum PciCommand : ushort
{
    /// <summary>The function answers nothing but configuration.</summary>
    None = 0,

    /// <summary>Answers I/O.</summary>
    IoSpace = 1 << 0,

    /// <summary>Answers memory accesses.</summary>
    MemorySpace = 1 << 1,

    /// <summary>May start transactions of its own.</summary>
    BusMaster = 1 << 2,

    /// <summary>Does not assert its interrupt line.</summary>
    InterruptDisable = 1 << 10,
}
