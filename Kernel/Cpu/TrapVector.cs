namespace NooksOS.Kernel.Cpu;

/// <summary>Vectors of the processor's exceptions (Intel SDM vol. 3 §6.3.1) and of the kernel's own interrupts.</summary>
public enum TrapVector : byte
{
    /// <summary>#DE.</summary>
    DivideError = 0,

    /// <summary>#DB.</summary>
    Debug = 1,

    /// <summary>NMI.</summary>
    NonMaskable = 2,

    /// <summary>#BP.</summary>
    Breakpoint = 3,

    /// <summary>#UD.</summary>
    InvalidOpcode = 6,

    /// <summary>#DF.</summary>
    DoubleFault = 8,

    /// <summary>#GP.</summary>
    GeneralProtection = 13,

    /// <summary>#PF.</summary>
    PageFault = 14,

    /// <summary>#MC.</summary>
    MachineCheck = 18,

    /// <summary>The local APIC's timer.</summary>
    Timer = 0x20,

    /// <summary>Input 0 of the I/O APICs; the others follow.</summary>
    FirstInterruptLine = 0x30,

    /// <summary>The last vector used for an I/O APIC input.</summary>
    LastInterruptLine = 0x6F,

    /// <summary>What a DMA remapping unit sends when it has blocked an access.</summary>
    DmaFault = 0x70,

    /// <summary>What the local APIC delivers when an interrupt vanished; needs no acknowledgement.</summary>
    Spurious = 0xFF,
}
