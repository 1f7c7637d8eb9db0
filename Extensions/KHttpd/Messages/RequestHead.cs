using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>
/// A request without its body, taken apart. There is one for the whole server: it looks into the bytes that it was parsed from, and
/// both are only good until the next request is parsed.
/// </summary>
internal sealed class RequestHead
{
    private readonly FieldLine[] _fields = new FieldLine[RequestLimits.FieldLines];
    private readonly byte[] _path = new byte[RequestLimits.RequestLineBytes];
    private byte[] _bytes = [];
    private int _start;
    private int _fieldCount;
    private RequestTarget _target;
    private MessageFraming _framing;

    /// <summary>The method.</summary>
    public RequestMethod Method { get; private set; }

    /// <summary>Whether the client speaks HTTP/1.1 or a later 1.x; if not, 1.0.</summary>
    public bool IsVersion11 { get; private set; }

    /// <summary>Whether the target is <c>*</c>: the server as a whole (RFC 9112 §3.2.4).</summary>
    public bool IsAsterisk => _target.Form == RequestTargetForm.Asterisk;

    /// <summary>The path, decoded. Begins with a slash.</summary>
    public ReadOnlySpan<byte> Path => _path.AsSpan(0, _target.PathLength);

    /// <summary>What follows the question mark, as it was sent.</summary>
    public ReadOnlySpan<byte> Query => _bytes.AsSpan(_start + _target.QueryStart, _target.QueryLength);

    /// <summary>Host and port that the client means: from the target if it has one, else the Host field (RFC 9112 §3.3).</summary>
    public ReadOnlySpan<byte> Authority => _target.AuthorityLength != 0
        ? _bytes.AsSpan(_start + _target.AuthorityStart, _target.AuthorityLength)
        : Get(FieldName.Host);

    /// <summary>How the body's end is found.</summary>
    public MessageFraming Framing => _framing;

    /// <summary>Whether the connection may be used for another request (RFC 9112 §9.3).</summary>
    public bool IsPersistent { get; private set; }

    /// <summary>Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 §10.1.1).</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>
    /// Takes apart a head that <see cref="HeadScanner"/> found complete. Returns <see cref="StatusCode.None"/>, or what to refuse it
    /// with: then none of the properties may be read.
    /// </summary>
    public StatusCode Parse(byte[] bytes, int start, int length)
    {
        _bytes = bytes;
        _start = start;
        _fieldCount = 0;
        ReadOnlySpan<byte> head = bytes.AsSpan(start, length);
        int end = head.IndexOf((byte)'\r');
        StatusCode refusal = ParseRequestLine(head[..end]);
        for (int position = end + 2; refusal == StatusCode.None && position < length - 2; position = end + 2)
        {
            end = position + head[position..].IndexOf((byte)'\r');
            refusal = ParseField(head[position..end], position);
        }

        return refusal == StatusCode.None ? Interpret() : refusal;
    }

    /// <summary>The value of a field that may not be repeated; empty if it is not there.</summary>
    public ReadOnlySpan<byte> Get(FieldName name)
        => TryGet(name, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>The value of a field that may not be repeated.</summary>
    public bool TryGet(FieldName name, out ReadOnlySpan<byte> value)
    {
        int next = 0;
        return TryGetNext(name, ref next, out value);
    }

    /// <summary>The values of a field line by line; <paramref name="next"/> begins at 0.</summary>
    public bool TryGetNext(FieldName name, scoped ref int next, out ReadOnlySpan<byte> value)
    {
        while (next < _fieldCount)
        {
            FieldLine field = _fields[next++];
            if (field.Name == name)
            {
                value = _bytes.AsSpan(_start + field.ValueStart, field.ValueLength);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether a comma-separated field lists a word, whatever its case.</summary>
    public bool Lists(FieldName name, ReadOnlySpan<byte> lowerCaseWord)
    {
        int next = 0;
        while (TryGetNext(name, ref next, out ReadOnlySpan<byte> value))
        {
            foreach (Range part in value.Split((byte)','))
            {
                if (Characters.AreEqualIgnoringCase(Characters.Trim(value[part]), lowerCaseWord))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // RFC 9112 §3: method SP request-target SP HTTP-version, with exactly these two spaces.
    private StatusCode ParseRequestLine(ReadOnlySpan<byte> line)
    {
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last == first || !Characters.IsToken(line[..first]))
        {
            return StatusCode.BadRequest;
        }

        ReadOnlySpan<byte> target = line[(first + 1)..last];
        StatusCode refusal = ParseVersion(line[(last + 1)..]);
        if (refusal != StatusCode.None || !target.ContainsOnlyTargetText())
        {
            return refusal != StatusCode.None ? refusal : StatusCode.BadRequest;
        }

        if (line[..first] is not { Length: <= RequestLimits.MethodBytes } method || !TryFindMethod(method))
        {
            return StatusCode.NotImplemented;
        }

        return _target.TryParse(target, first + 1, _path) && (!IsAsterisk || Method == RequestMethod.Options)
            ? StatusCode.None
            : StatusCode.BadRequest;
    }

    // Methods are case-sensitive (RFC 9110 §9.1).
    private bool TryFindMethod(ReadOnlySpan<byte> name)
    {
        RequestMethod? method = name switch
        {
            _ when name.SequenceEqual("GET"u8) => RequestMethod.Get,
            _ when name.SequenceEqual("HEAD"u8) => RequestMethod.Head,
            _ when name.SequenceEqual("POST"u8) => RequestMethod.Post,
            _ when name.SequenceEqual("OPTIONS"u8) => RequestMethod.Options,
            _ => null,
        };
        Method = method.GetValueOrDefault();
        return method is not null;
    }

    // RFC 9112 §2.3. A minor version that we do not know is taken for the highest that we do (RFC 9110 §2.5).
    private StatusCode ParseVersion(ReadOnlySpan<byte> version)
    {
        if (version.Length != 8 || !version.StartsWith("HTTP/"u8) || version[6] != (byte)'.'
            || !Characters.IsDigit(version[5]) || !Characters.IsDigit(version[7]))
        {
            return StatusCode.BadRequest;
        }

        IsVersion11 = version[7] != (byte)'0';
        return version[5] == (byte)'1' ? StatusCode.None : StatusCode.VersionNotSupported;
    }

    // RFC 9112 §5: no white space before the colon (§5.1), and none at the beginning, which would be a folded line (§5.2).
    private StatusCode ParseField(ReadOnlySpan<byte> line, int lineStart)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !Characters.IsToken(line[..colon]))
        {
            return StatusCode.BadRequest;
        }

        if (_fieldCount == _fields.Length)
        {
            return StatusCode.RequestHeaderFieldsTooLarge;
        }

        FieldName name = FieldNames.Find(line[..colon]);
        if (!name.IsList() && TryGet(name, out _))
        {
            return StatusCode.BadRequest;
        }

        int valueStart = colon + 1;
        int valueEnd = line.Length;
        while (valueStart < valueEnd && Characters.IsBlank(line[valueStart]))
        {
            valueStart++;
        }

        while (valueEnd > valueStart && Characters.IsBlank(line[valueEnd - 1]))
        {
            valueEnd--;
        }

        _fields[_fieldCount++] = new FieldLine(name, (ushort)(lineStart + valueStart), (ushort)(valueEnd - valueStart));
        return StatusCode.None;
    }

    private StatusCode Interpret()
    {
        // RFC 9112 §3.2: a 1.1 request has exactly one Host; an empty one is for targets without an authority.
        bool hasHost = TryGet(FieldName.Host, out ReadOnlySpan<byte> host);
        if ((IsVersion11 && !hasHost) || !RequestTarget.IsAuthority(host))
        {
            return StatusCode.BadRequest;
        }

        StatusCode refusal = MessageFraming.Determine(this, out _framing);
        if (refusal != StatusCode.None)
        {
            return refusal;
        }

        IsPersistent = !Lists(FieldName.Connection, "close"u8)
            && (IsVersion11 || Lists(FieldName.Connection, "keep-alive"u8));

        // A server ignores expectations of a 1.0 client (RFC 9110 §10.1.1).
        ExpectsContinue = IsVersion11 && TryGet(FieldName.Expect, out _);
        return ExpectsContinue && !Characters.AreEqualIgnoringCase(Get(FieldName.Expect), "100-continue"u8)
            ? StatusCode.ExpectationFailed
            : StatusCode.None;
    }
}
