namespace NooksOS.Isolation;

/// <summary>How many instructions the parts of a gate execute when nobody has to wait and no arguments are copied.</summary>
/// <param name="Enter">From the call of the gate to the first instruction in the domain.</param>
/// <param name="Return">From the return in the kernel to the caller of the gate.</param>
/// <param name="CallKernel">From the arrival of a domain's call to the call of the service.</param>
/// <param name="ResumeDomain">From the end of the service to the next instruction in the domain.</param>
public readonly record struct GateLengths(int Enter, int Return, int CallKernel, int ResumeDomain)
{
    /// <summary>Counts the instructions of the gate as it lies in memory.</summary>
    public static GateLengths Count(ProtectionBackEnd backEnd)
    {
        GateAddresses gate = Gate.GetAddresses(backEnd);
        int enter = GatePath.Follow(gate.Entrance, isFirstBranchTaken: false).Instructions
            + GatePath.Follow(gate.Enter, isFirstBranchTaken: false).Instructions;

        // SYSCALL arrives at one place: the first branch there tells a call from a return.
        GatePath call = GatePath.Follow(gate.Call, isFirstBranchTaken: backEnd == ProtectionBackEnd.Ring3);
        return new GateLengths(
            enter,
            GatePath.Follow(gate.Return, isFirstBranchTaken: false).Instructions,
            call.Instructions,
            GatePath.Follow(call.End, isFirstBranchTaken: false).Instructions
                + GatePath.Follow(gate.Resume, isFirstBranchTaken: false).Instructions);
    }
}
