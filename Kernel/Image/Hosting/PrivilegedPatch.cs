using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Puts a privileged instruction into a running instance, which the verifier would refuse in an image: the instance turns
/// interrupts off and then loops. Under ring 3 the first instruction traps; under any other back end nothing stops it.
/// </summary>
internal static unsafe class PrivilegedPatch
{
    private const ushort ControlContract = 2;
    private const int MisbehaveMethod = 4;

    // cli; jmp to itself
    private const uint Instructions = 0x00FE_EBFA;
    private const ulong InstructionBytes = 3;

    /// <summary>Changes the stub of the method that will be called next. False if it cannot be found.</summary>
    public static bool TryApply(Domain instance)
    {
        ulong[] entryPoints = instance.GetEntryPoints(ControlContract);
        if (entryPoints.Length <= MisbehaveMethod)
        {
            return false;
        }

        for (ulong index = 0; index < InstructionBytes; index++)
        {
            if (!PageTables.TryTranslate(
                ProcessorBlock.Current->KernelView, entryPoints[MisbehaveMethod] + index, out PageTranslation translation))
            {
                return false;
            }

            // SAFETY: the frame belongs to this instance; the direct map is writable where the instance's view is not.
            *(byte*)PhysicalMemory.ToPointer(translation.PhysicalAddress) = (byte)(Instructions >> (int)(8 * index));
        }

        return true;
    }
}
