using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// What must hold of a connection whatever its peer sends and its application does, also if the stack dies in the middle of it. Entered
/// by reflection, in a context in which the stack counts its blocks.
/// </summary>
internal sealed class SegmentTarget : OnePeer
{
    /// <summary>Bytes that say what happens next; what it needs besides follows.</summary>
    public const int StepBytes = 8;

    private const int MaximumSteps = 64;
    private const int MaximumOptionBytes = 40;
    private const byte Pattern = 251;

    // What one byte cannot say of a position, it says in hundreds.
    private const int FarUnit = 100;

    private readonly List<byte> _received = [];
    private TcpSocket? _socket;
    private int _sent;

    /// <summary>What a step does; everything above is a segment.</summary>
    public enum Step : byte
    {
        /// <summary>The application sends.</summary>
        Send,

        /// <summary>The application reads.</summary>
        Receive,

        /// <summary>Time passes.</summary>
        Wait,

        /// <summary>The instance of the stack dies at some access to a block, and the next one goes on.</summary>
        Die,

        /// <summary>The application has no more to send.</summary>
        Finish,

        /// <summary>The application has gone.</summary>
        Close,

        /// <summary>The device is away, or is back.</summary>
        Detach,

        /// <summary>A segment from the peer.</summary>
        Segment,
    }

    /// <summary>Plays what the input says and checks that nothing stays of it.</summary>
    public static void Run(byte[] input) => new SegmentTarget().Play(input);

    private void Play(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        // Half of the scripts begin with a connection: what comes first would hardly ever be a handshake by chance.
        byte kind = input[0];
        input = input[1..];
        if ((kind & 1) == 0)
        {
            Peer.Timestamps = (kind & 2) != 0 ? (1000, 0) : null;
            _socket = Peer.Connect((kind & 4) != 0 ? ScriptedPeer.WithSack : null);
        }

        for (int step = 0; step < MaximumSteps && input.Length >= StepBytes; step++)
        {
            ReadOnlySpan<byte> words = input[..StepBytes];
            input = input[StepBytes..];
            input = Take(words, input);
            if (Host.TryAccept(out TcpSocket accepted))
            {
                _socket = accepted;
                _sent = 0;
            }
        }

        Host.IsReady = true;
        Host.Memory.Accessed = null;
        foreach (uint block in Host.Memory.Used.ToArray())
        {
            new TcpSocket(Host, block).Abort();
        }

        RunMilliseconds(2);
        Require(Host.Tcp.Connections == 0, "a connection outlived its abort");
        Require(!Host.Tcp.HasOutput && !Host.Tcp.HasSignals, "something is left to do");
    }

    private ReadOnlySpan<byte> Take(ReadOnlySpan<byte> words, ReadOnlySpan<byte> rest)
    {
        int number = words[2] | (words[3] << 8);
        switch ((Step)words[0])
        {
            case Step.Send when _socket is { IsClosed: false }:
                byte[] content = [.. Enumerable.Range(_sent, number).Select(position => (byte)(position % Pattern))];
                _sent += _socket.Send(content);
                break;
            case Step.Receive when _socket is not null:
                _received.AddRange(_socket.Receive(number));
                break;
            case Step.Wait:
                RunMilliseconds(Math.Min(number, 2000));
                break;
            case Step.Die:
                Host.KillAfter(1 + words[1]);
                break;
            case Step.Finish:
                _socket?.Finish();
                break;
            case Step.Close:
                _socket?.Close();
                break;
            case Step.Detach:
                Host.IsReady = !Host.IsReady;
                break;
            case > Step.Detach:
                return TakeSegment(words, rest);
            default:
                break;
        }

        RunMilliseconds(1);
        CheckSentOctets();
        return rest;
    }

    private ReadOnlySpan<byte> TakeSegment(ReadOnlySpan<byte> words, ReadOnlySpan<byte> rest)
    {
        int optionBytes = Math.Min(rest.Length, Math.Min(words[6] & ~3, MaximumOptionBytes));
        byte[] options = Relocate(rest[..optionBytes].ToArray());
        rest = rest[optionBytes..];
        int dataBytes = words[7] * (words[7] < 128 ? 1 : 11);
        byte[] data = new byte[dataBytes];
        Peer.Window = (ushort)(words[5] << 8);
        Host.Receive(Peer.Make(
            (TcpFlags)words[1],
            (short)(words[2] | (words[3] << 8)),
            (sbyte)words[4] * ((words[0] & 1) == 0 ? FarUnit : 1),
            data,
            optionBytes == 0 ? null : space => space.AddRange(options)));
        RunMilliseconds(1);
        CheckSentOctets();
        return rest;
    }

    // The numbers of a SACK option are positions until the host's first number is known.
    private byte[] Relocate(byte[] options)
    {
        ReadOnlySpan<byte> beginning = [1, 1, 5];
        for (int offset = beginning.Length + 1; options.AsSpan().StartsWith(beginning) && offset + sizeof(uint) <= options.Length; offset += sizeof(uint))
        {
            Span<byte> number = options.AsSpan(offset);
            BinaryPrimitives.WriteUInt32BigEndian(number, BinaryPrimitives.ReadUInt32BigEndian(number) + Peer.HostSequence + 1);
        }

        return options;
    }

    // Whatever the peer says it has, what it is sent is what the application has written, at its place.
    private void CheckSentOctets()
    {
        // With a new connection come new numbers, which those of the one before know nothing of.
        bool isNew = Peer.Received.Exists(packet => packet.Has(TcpFlags.Synchronize));
        foreach (Packet packet in isNew ? [] : Peer.Received)
        {
            byte[] data = packet.Data;

            int start = Peer.PositionOf(packet);
            for (int index = 0; index < data.Length && _sent != 0; index++)
            {
                Require(
                    start + index >= 0 && start + index < _sent && data[index] == (start + index) % Pattern,
                    $"octet {start + index} of {_sent} left as {data[index]}");
            }
        }

        Peer.Received.Clear();
        Link.Sent.Clear();
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
