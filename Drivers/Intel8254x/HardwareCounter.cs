namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// A statistics register. The manual (13.7) has it cleared by reading; QEMU's model clears some and lets others grow. Reading
/// twice tells the two apart.
/// </summary>
internal sealed class HardwareCounter(IntelRegister register)
{
    private uint _last;

    /// <summary>How much it has counted since it was last asked.</summary>
    public uint ReadIncrease(IntelHardware hardware)
    {
        uint first = hardware.Read(register);
        uint second = first == 0 ? 0 : hardware.Read(register);
        if (second < first || first == 0)
        {
            _last = 0;
            return first + second;
        }

        uint increase = second < _last ? second : second - _last;
        _last = second;
        return increase;
    }
}
