using System;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>
/// How far apart interrupts are at least (ITR, manual section 13.4.18), by what each of them brings. A frame that comes alone is
/// never delayed, since the spacing counts from the interrupt before. Under load fewer interrupts with more frames each leave
/// more time for the frames, unless somebody waits for them: then they bring no more frames, and soon follow closer again.
/// </summary>
internal sealed class InterruptSpacing(IntelHardware hardware)
{
    // Interrupts in a row that must bring many frames before they are set further apart.
    private const int Patience = 4;

    // As much as an interrupt serves. Where interrupts never find the device idle, what they bring is judged by that.
    private const uint Plenty = 128;

    // The first is 20,000 interrupts a second; QEMU's models do not go above 7,813, which its e1000 takes from the manual.
    private static readonly Step[] s_steps =
    [
        new(196, 0, 8),
        new(1000, 14, 20),
        new(2000, 28, 44),
        new(3000, 48, uint.MaxValue),
    ];

    private int _step;
    private int _streak;
    private uint _received;
    private uint _sent;

    /// <summary>The spacing of a device that was just brought up, in units of 256 ns.</summary>
    public static uint Initial => s_steps[0].Units;

    /// <summary>Starts over with a device that has the initial spacing.</summary>
    public void Reset()
    {
        _step = 0;
        _streak = 0;
        _received = 0;
        _sent = 0;
    }

    /// <summary>Counts frames that an interrupt has brought.</summary>
    public void Count(uint received, uint sent)
    {
        _received += received;
        _sent += sent;
        if (_received >= Plenty || _sent >= Plenty)
        {
            Judge();
        }
    }

    /// <summary>Judges what was brought. Called when the device has nothing more to say.</summary>
    public void Judge()
    {
        // What goes back and forth is as much as one direction of it.
        uint frames = Math.Max(_received, _sent);
        _received = 0;
        _sent = 0;
        if (frames == 0)
        {
            return;
        }

        _streak = frames >= s_steps[_step].Many ? _streak + 1 : 0;
        if (frames < s_steps[_step].Enough)
        {
            Take(_step - 1);
        }
        else if (_streak == Patience)
        {
            Take(_step + 1);
        }
    }

    private void Take(int step)
    {
        _step = step;
        _streak = 0;
        hardware.SetInterruptSpacing(s_steps[step].Units);
    }

    /// <summary>A spacing.</summary>
    /// <param name="Units">In units of 256 ns.</param>
    /// <param name="Enough">Frames that an interrupt must bring for it to stay.</param>
    /// <param name="Many">Frames that an interrupt must bring for the next one.</param>
    private readonly record struct Step(uint Units, uint Enough, uint Many);
}
