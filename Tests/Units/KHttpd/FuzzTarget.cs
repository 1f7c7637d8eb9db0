using System;
using System.Text;
using NooksOS.Tests.Units.KHttpd.Harness;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>What must hold whatever a client sends. Entered by reflection, in a context in which the server counts its blocks.</summary>
internal static class FuzzTarget
{
    private const int MaximumSeconds = 60;

    private static readonly FakeClock s_clock = new();
    private static readonly ServerRig s_whole = new(clock: s_clock);
    private static readonly ServerRig s_cutUp = new(clock: s_clock);

    /// <summary>Sends the input twice, at once and in small pieces, and checks that the answers are the same and nothing stays.</summary>
    internal static void Run(byte[] input)
    {
        MemoryConnection whole = Send(s_whole, input, int.MaxValue);
        MemoryConnection cutUp = Send(s_cutUp, input, 1 + (input.Length % 61));
        for (int second = 0; second < MaximumSeconds && !(whole.IsOver && cutUp.IsOver); second++)
        {
            s_clock.Advance(FakeClock.Second);
            s_whole.Run();
            s_cutUp.Run();
        }

        Require(whole.IsOver && cutUp.IsOver, "the connection did not end");
        Require(s_whole.Server.ConnectionCount + s_cutUp.Server.ConnectionCount == 0, "a connection stayed");
        Require(s_whole.Server.KeptBytes + s_cutUp.Server.KeptBytes == 0, "memory stayed");
        string first = Normalize(whole);
        string second2 = Normalize(cutUp);
        Require(first == second2, $"the pieces made a difference:\n{first}\n--\n{second2}");
        Require(first.Length == 0 || first.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), "the answer is none");
    }

    private static MemoryConnection Send(ServerRig rig, byte[] input, int segmentBytes)
    {
        MemoryConnection connection = rig.Connect();
        connection.SegmentBytes = segmentBytes;
        connection.Window = 1 << 16;
        connection.Send(input);
        connection.EndSending();
        rig.Run();
        return connection;
    }

    // Whether a client is told to go on depends on whether it already has.
    private static string Normalize(MemoryConnection connection)
        => Encoding.Latin1.GetString(connection.Read()).Replace("HTTP/1.1 100 Continue\r\n\r\n", "", StringComparison.Ordinal);

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
