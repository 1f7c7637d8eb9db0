namespace NooksOS.Kernel.Bus.Isa;

/// <summary>
/// Looks whether a Sound Blaster is at its ports, by its reset: "Sound Blaster Series Hardware Programming Guide", section "Resetting
/// the DSP".
/// </summary>
public static class SoundBlasterProbe
{
    private const int ResetOffset = 0x6;
    private const int DataOffset = 0xA;
    private const int StatusOffset = 0xE;
    private const byte DataAvailable = 0x80;
    private const byte ResetDone = 0xAA;

    // Port accesses of the ISA bus take about a microsecond each; the reset takes 3 us, the answer at most 100 us.
    private const int ResetReads = 10;
    private const int AnswerReads = 200;

    /// <summary>Resets whatever is there and looks at the answer. Reads of ports that are nobody's give ones.</summary>
    public static bool IsPresent(IIsaPorts ports, ushort firstPort)
    {
        ports.Write((ushort)(firstPort + ResetOffset), 1);
        for (int read = 0; read < ResetReads; read++)
        {
            ports.Read((ushort)(firstPort + ResetOffset));
        }

        ports.Write((ushort)(firstPort + ResetOffset), 0);
        for (int read = 0; read < AnswerReads; read++)
        {
            if ((ports.Read((ushort)(firstPort + StatusOffset)) & DataAvailable) != 0)
            {
                return ports.Read((ushort)(firstPort + DataOffset)) == ResetDone;
            }
        }

        return false;
    }
}
