using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>The content of replies that have nothing to say but their status.</summary>
internal static class StatusRepresentations
{
    private const int FirstCode = 200;
    private const int LastCode = 505;

    private static readonly Representation?[] s_made = new Representation?[LastCode - FirstCode + 1];

    /// <summary>The status and its phrase as a line of text.</summary>
    public static Representation Get(StatusCode status) => s_made[(int)status - FirstCode] ??= Make(status);

    private static MemoryRepresentation Make(StatusCode status)
    {
        byte[] line = [.. "000 "u8, .. status.Phrase(), (byte)'\n'];
        int code = (int)status;
        line[0] = (byte)('0' + (code / 100));
        line[1] = (byte)('0' + (code / 10 % 10));
        line[2] = (byte)('0' + (code % 10));
        return new MemoryRepresentation(line, MediaTypes.Text);
    }
}
