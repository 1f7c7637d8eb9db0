using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>An event, made once for all who listen.</summary>
internal sealed class ServerEvent(byte[] text)
{
    private readonly MemoryRepresentation _text = new(text, MediaTypes.Events);
    private readonly MemoryRepresentation _chunk = new(ChunkFraming.Encode(text), MediaTypes.Events);

    /// <summary>The event as a client of one version or the other gets it.</summary>
    public Representation For(bool isVersion11) => isVersion11 ? _chunk : _text;
}
