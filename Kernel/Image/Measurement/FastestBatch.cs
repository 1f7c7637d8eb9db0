using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Measurement;

/// <summary>
/// Measures short things by repeating them: the batch that was disturbed least counts, because interrupts and other threads
/// only ever add to it.
/// </summary>
internal static class FastestBatch
{
    /// <summary>Rounds in a batch: short against a timer tick, long against reading the counter.</summary>
    public const int Rounds = 100;

    private const ulong CalibrationCount = 10_000;
    private const int CalibrationBatches = 50;
    private const int InstructionsPerCount = 2;

    /// <summary>Time-stamp counts of one batch, without what an empty one takes.</summary>
    /// <param name="rounds">How many rounds to make in all.</param>
    /// <param name="batch">Makes the given number of rounds.</param>
    /// <exception cref="CommandFailureException">A round failed.</exception>
    public static double Measure(int rounds, Func<int, CallStatus> batch)
        => (double)MeasureGross(rounds, batch) - MeasureGross(rounds, _ => CallStatus.Ok);

    /// <summary>
    /// Time-stamp counts of one instruction, from a loop of known length. A machine that counts instructions (QEMU with
    /// <c>-icount shift=0</c>) advances its clock by 1 ns for each one and the time-stamp counter with it at 1 GHz: there it is one,
    /// whatever the instruction does.
    /// </summary>
    public static double MeasureInstruction()
    {
        ulong fastest = ulong.MaxValue;
        for (int batch = 0; batch < CalibrationBatches; batch++)
        {
            ulong start = Processor.ReadTimeStamp();
            Processor.CountDown(CalibrationCount);
            fastest = ulong.Min(fastest, Processor.ReadTimeStamp() - start);
        }

        return fastest / (double)(CalibrationCount * InstructionsPerCount);
    }

    private static ulong MeasureGross(int rounds, Func<int, CallStatus> batch)
    {
        ulong fastest = ulong.MaxValue;

        // One more than asked for: the first finds caches cold and entry points not looked up.
        for (int done = -Rounds; done < rounds; done += Rounds)
        {
            ulong start = Processor.ReadTimeStamp();
            CallStatus status = batch(Rounds);
            fastest = ulong.Min(fastest, Processor.ReadTimeStamp() - start);
            if (status != CallStatus.Ok)
            {
                throw new CommandFailureException($"a call failed: {status}");
            }
        }

        return fastest;
    }
}
