namespace NooksOS.Tool.Machines;

/// <summary>Why a machine no longer runs.</summary>
public enum MachineEndKind
{
    /// <summary>The kernel switched it off.</summary>
    PowerOff,

    /// <summary>The kernel panicked.</summary>
    Panic,

    /// <summary>It reset itself: asked to, or by a fault that nothing could handle.</summary>
    Reset,

    /// <summary>It did not answer in time.</summary>
    Hang,

    /// <summary>QEMU did not start, or ended by itself.</summary>
    EmulatorFailed,

    /// <summary>Somebody else has ended QEMU, who says nothing of the machine.</summary>
    EmulatorKilled,
}
