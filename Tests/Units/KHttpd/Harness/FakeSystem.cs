using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>The kernel as the server sees it.</summary>
internal sealed class FakeSystem : ISystemView, ISystemControl
{
    private byte[] _current = [];

    public Dictionary<SystemDocument, string> Documents { get; } = new()
    {
        [SystemDocument.Domains] = "[{\"extension\":\"e1000\",\"generation\":1}]\n",
        [SystemDocument.Faults] = "[]\n",
        [SystemDocument.Memory] = "{\"totalPages\":2}\n",
        [SystemDocument.Network] = "{}\n",
    };

    public List<string> Orders { get; } = [];

    public CallStatus Answer { get; set; } = CallStatus.Ok;

    public CallResult<uint> Query(SystemDocument document, uint count, uint offset, Span<byte> piece)
    {
        if (!Documents.TryGetValue(document, out string? text))
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        if (offset == 0)
        {
            _current = Encoding.UTF8.GetBytes(text);
        }

        ReadOnlySpan<byte> rest = _current.AsSpan((int)offset);
        rest[..Math.Min(rest.Length, piece.Length)].CopyTo(piece);
        return CallResult<uint>.Ok((uint)_current.Length);
    }

    public CallResult Crash(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> kind) => Order("crash", extension, kind);

    public CallResult SetIsolation(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> mode) => Order("isolate", extension, mode);

    private CallResult Order(string verb, ReadOnlySpan<byte> extension, ReadOnlySpan<byte> word)
    {
        Orders.Add($"{verb} {Encoding.UTF8.GetString(extension)} {Encoding.UTF8.GetString(word)}");
        return Answer == CallStatus.Ok ? CallResult.Ok : CallResult.Failure(Answer);
    }
}
