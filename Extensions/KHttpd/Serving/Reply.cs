using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Uploads;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What is to be done about a request.</summary>
internal readonly record struct Reply
{
    /// <summary>The status.</summary>
    public StatusCode Status { get; init; }

    /// <summary>What is sent, or null for nothing.</summary>
    public Representation? Content { get; init; }

    /// <summary>Which part of it.</summary>
    public ByteRange Part { get; init; }

    /// <summary>The length that Content-Range states for a 206 of one part and a 416; else negative.</summary>
    public long CompleteLengthBytes { get; init; }

    /// <summary>Methods that the target has, stated with 405 and to OPTIONS.</summary>
    public RequestMethods Allowed { get; init; }

    /// <summary>Takes the body; the reply is then what it says when the body is complete.</summary>
    public IUpload? Upload { get; init; }

    /// <summary>Whether events follow, without an end in sight unless <see cref="EventCount"/> says one.</summary>
    public bool IsEventStream { get; init; }

    /// <summary>After how many events the stream ends; 0 for never.</summary>
    public int EventCount { get; init; }

    /// <summary>Sends a whole representation with 200, or with another status.</summary>
    public static Reply Of(Representation content, StatusCode status = StatusCode.Ok) => new()
    {
        Status = status,
        Content = content,
        Part = new ByteRange(0, content.LengthBytes),
        CompleteLengthBytes = -1,
    };

    /// <summary>A status with its phrase as content, or with none if it must have none.</summary>
    public static Reply Of(StatusCode status, RequestMethods allowed = RequestMethods.None)
        => status.IsBodiless()
            ? new Reply { Status = status, CompleteLengthBytes = -1, Allowed = allowed }
            : Of(StatusRepresentations.Get(status), status) with { Allowed = allowed };

    /// <summary>Reads the body first.</summary>
    public static Reply After(IUpload upload) => new() { Upload = upload, CompleteLengthBytes = -1 };

    /// <summary>Sends events.</summary>
    public static Reply Events(int count)
        => new() { Status = StatusCode.Ok, IsEventStream = true, EventCount = count, CompleteLengthBytes = -1 };
}
