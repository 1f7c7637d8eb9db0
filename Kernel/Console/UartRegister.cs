namespace NooksOS.Kernel.Console;

/// <summary>Offsets from the base port, PC16550D data sheet.</summary>
internal enum UartRegister : ushort
{
    /// <summary>RBR on read, THR on write; the divisor's low byte while DLAB is set.</summary>
    Data = 0,

    /// <summary>IER; the divisor's high byte while DLAB is set.</summary>
    InterruptEnable = 1,

    /// <summary>IIR on read, FCR on write.</summary>
    FifoControl = 2,

    /// <summary>LCR.</summary>
    LineControl = 3,

    /// <summary>MCR.</summary>
    ModemControl = 4,

    /// <summary>LSR. Reading clears the error bits.</summary>
    LineStatus = 5,

    /// <summary>SCR: one byte that the device keeps for us.</summary>
    Scratch = 7,
}
