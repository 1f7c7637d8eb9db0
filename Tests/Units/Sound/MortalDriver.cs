using System;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>A driver as the kernel calls it through a gate: death is a result.</summary>
internal sealed class MortalDriver(ISoundDevice driver) : ISoundDevice
{
    public bool IsDead { get; set; }

    /// <summary>Called when it has taken frames.</summary>
    public Action? Submitted { get; set; }

    /// <summary>How often it was called.</summary>
    public int Calls { get; private set; }

    /// <summary>Refuses what is asked of it, and lives on.</summary>
    public bool Refuses { get; set; }

    public CallResult<SoundRing> Open(SoundFormat format) => Call(() => driver.Open(format));

    public CallResult<uint> Submit(ReadOnlySpan<byte> samples)
    {
        byte[] copy = samples.ToArray();
        CallResult<uint> taken = Call(() => driver.Submit(copy));
        Submitted?.Invoke();
        return taken;
    }

    public CallResult Start(uint run) => Call(() => driver.Start(run));

    public CallResult<ulong> Stop() => Call(driver.Stop);

    public CallResult<ulong> GetPosition() => Call(driver.GetPosition);

    public CallResult SetVolume(uint volume) => Call(() => driver.SetVolume(volume));

    public CallResult Close() => Call(driver.Close);

    public void Interrupt()
        => Call(() => ((IInterruptSink)driver).OnInterrupt(default).Succeeded ? CallResult.Ok : CallResult.Failure(CallStatus.Failed));

    public CallStatus Begin(IExtensionServices services) => Call(() => ((IExtension)driver).Start(services)).Status;

    private CallResult Call(Func<CallResult> call)
    {
        Calls++;
        try
        {
            return IsDead ? new CallResult(CallStatus.DomainDied) : Refuses ? CallResult.Failure(CallStatus.Failed) : call();
        }
        catch (InstanceKilledException)
        {
            IsDead = true;
            return new CallResult(CallStatus.DomainDied);
        }
    }

    private CallResult<T> Call<T>(Func<CallResult<T>> call)
        where T : unmanaged
    {
        Calls++;
        try
        {
            return IsDead ? new CallResult<T>(CallStatus.DomainDied, default) : Refuses ? CallResult<T>.Failure(CallStatus.Failed) : call();
        }
        catch (InstanceKilledException)
        {
            IsDead = true;
            return new CallResult<T>(CallStatus.DomainDied, default);
        }
    }
}
