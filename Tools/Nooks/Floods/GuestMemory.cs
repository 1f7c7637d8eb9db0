using System.Text.Json;

namespace NooksOS.Tool.Floods;

/// <summary>Where the guest's memory is, as <c>mem --json</c> tells it, in pages.</summary>
/// <param name="UsedPages">All that is in use.</param>
/// <param name="OtherPages">What belongs neither to the kernel's heap, nor to its threads, nor to a living extension.</param>
public sealed record GuestMemory(long UsedPages, long OtherPages)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the output of <c>mem --json</c>.</summary>
    public static GuestMemory Parse(string json) => JsonSerializer.Deserialize<GuestMemory>(json, s_json)!;
}
