using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Benchmarks;

/// <summary>What a guest has counted since it was started.</summary>
/// <param name="Packets">Frames that its card has received or sent.</param>
/// <param name="Interrupts">Interrupts of the card.</param>
/// <param name="Calls">Calls between kernel and domains by wrapper.</param>
/// <param name="BusyNanoseconds">
/// How long its processor had something to do. Where the emulator counts instructions, as many were executed.
/// </param>
public sealed record NetworkCounters(long Packets, long Interrupts, IReadOnlyDictionary<string, long> Calls, long BusyNanoseconds)
{
    /// <summary>Asks a guest.</summary>
    public static async Task<NetworkCounters> ReadAsync(NooksMachine machine, CancellationToken cancellation)
    {
        CommandResult calls = await machine.RequireAsync("xpc --all --json", cancellation);
        CommandResult network = await machine.RequireAsync("net --json", cancellation);
        CommandResult time = await machine.RequireAsync("uptime --json", cancellation);
        return Parse(network.Output, calls.Output, time.Output);
    }

    /// <summary>Reads the kernel's documents.</summary>
    /// <param name="network">Of <c>net --json</c>.</param>
    /// <param name="calls">Of <c>xpc --all --json</c>.</param>
    /// <param name="time">Of <c>uptime --json</c>.</param>
    public static NetworkCounters Parse(string network, string calls, string time)
    {
        using JsonDocument counted = JsonDocument.Parse(network);
        JsonElement device = counted.RootElement.GetProperty("device");
        using JsonDocument wrappers = JsonDocument.Parse(calls);
        using JsonDocument clock = JsonDocument.Parse(time);
        return new NetworkCounters(
            device.GetProperty("framesReceived").GetInt64() + device.GetProperty("framesTransmitted").GetInt64(),
            device.GetProperty("interrupts").GetInt64(),
            wrappers.RootElement.EnumerateArray().ToDictionary(
                row => $"{row.GetProperty("contract").GetString()}.{row.GetProperty("method").GetString()}",
                row => row.GetProperty("calls").GetInt64()),
            clock.RootElement.GetProperty("nanoseconds").GetInt64() - clock.RootElement.GetProperty("idleNanoseconds").GetInt64());
    }

    /// <summary>What was counted since then.</summary>
    public NetworkCounters Since(NetworkCounters earlier) => new(
        Packets - earlier.Packets,
        Interrupts - earlier.Interrupts,
        Calls.ToDictionary(pair => pair.Key, pair => pair.Value - earlier.Calls.GetValueOrDefault(pair.Key)),
        BusyNanoseconds - earlier.BusyNanoseconds);

    /// <summary>Both together.</summary>
    public NetworkCounters Plus(NetworkCounters other) => new(
        Packets + other.Packets,
        Interrupts + other.Interrupts,
        Calls.Keys.Union(other.Calls.Keys).ToDictionary(
            wrapper => wrapper, wrapper => Calls.GetValueOrDefault(wrapper) + other.Calls.GetValueOrDefault(wrapper)),
        BusyNanoseconds + other.BusyNanoseconds);
}
