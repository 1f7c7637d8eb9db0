using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>
/// Makes the event that goes to every dashboard: one JSON document of several of the kernel's (the event stream format is that of
/// HTML, section Server-sent events).
/// </summary>
internal sealed class EventComposer(SystemDocuments documents, IServerClock clock, Func<string> describeServer)
{
    private const uint LatestFaults = 16;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>Makes an event of how things are now.</summary>
    public byte[] Make()
    {
        _text.ResetWrittenCount();

        // After a crash of this server the browser tries again after a second.
        _text.Write("retry: 1000\ndata: {\"uptimeMilliseconds\":"u8);
        Span<byte> number = _text.GetSpan(20);
        Utf8Formatter.TryFormat(clock.MonotonicNanoseconds / NanosecondsPerMillisecond, number, out int digits);
        _text.Advance(digits);
        Append("domains"u8, SystemDocument.Domains, 0);
        Append("faults"u8, SystemDocument.Faults, LatestFaults);
        Append("memory"u8, SystemDocument.Memory, 0);
        Append("network"u8, SystemDocument.Network, 0);
        _text.Write(",\"server\":"u8);
        Encoding.UTF8.GetBytes(describeServer().AsSpan(), _text);
        _text.Write("}\n\n"u8);
        return _text.WrittenSpan.ToArray();
    }

    // What the kernel does not give now is missing from the event; the page keeps what it had.
    private void Append(ReadOnlySpan<byte> name, SystemDocument document, uint count)
    {
        if (documents.TryRead(document, count, out ReadOnlySpan<byte> json))
        {
            _text.Write(",\""u8);
            _text.Write(name);
            _text.Write("\":"u8);
            _text.Write(json);
        }
    }
}
